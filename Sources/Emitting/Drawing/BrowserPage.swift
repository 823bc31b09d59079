extension Picture {
  public var page: [UInt8] { [] }
}
