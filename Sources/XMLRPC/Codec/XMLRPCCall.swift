/// A call of a method: what a client sends.
public struct XMLRPCCall: Sendable, Equatable {
  /// The method, such as `experiment.swapexp`.
  public var method: String
  /// What it is called with.
  public var parameters: [XMLRPCValue]

  /// A call.
  public init(method: String, parameters: [XMLRPCValue]) {
    self.method = method
    self.parameters = parameters
  }

  /// The call that a document is.
  ///
  /// - Throws: If it is none, or larger than ``XMLRPCLimits`` allow.
  public init(parsing document: [UInt8]) throws(XMLRPCError) {
    let root = try XMLElement.root(of: document)
    guard root.tag == .methodCall else { throw XMLRPCError("a call is a <methodCall>, not a <\(root.tag.rawValue)>") }
    guard let method = root.children.first, method.tag == .methodName, !method.text.isEmpty else {
      throw XMLRPCError("a call begins with its <methodName>")
    }
    self.method = method.trimmedText
    let rest = root.children.dropFirst()
    guard rest.count <= 1, rest.allSatisfy({ $0.tag == .params }) else {
      throw XMLRPCError("a call has a <methodName> and <params>")
    }
    parameters = try (rest.first?.children ?? []).map { parameter throws(XMLRPCError) in try parameter.parameter() }
  }

  /// The call as a document.
  public var document: [UInt8] {
    var output = XMLRPCOutput()
    output.element("methodCall") { output in
      output.element("methodName", text: method)
      output.element("params") { output in
        for parameter in parameters {
          output.element("param") { $0.value(parameter) }
        }
      }
    }
    return output.document
  }
}

/// What a server answers to a call.
public enum XMLRPCResponse: Sendable, Equatable {
  /// What the method returned.
  case value(XMLRPCValue)
  /// Why it wasn't called, or failed.
  case fault(code: Int, text: String)

  /// The answer that a document is.
  ///
  /// - Throws: If it is none, or larger than ``XMLRPCLimits`` allow.
  public init(parsing document: [UInt8]) throws(XMLRPCError) {
    let root = try XMLElement.root(of: document)
    guard root.tag == .methodResponse, root.children.count == 1, let content = root.children.first else {
      throw XMLRPCError("an answer is a <methodResponse> with <params> or a <fault>")
    }
    switch content.tag {
    case .params where content.children.count == 1: self = .value(try content.children[0].parameter())
    case .fault where content.children.count == 1:
      guard case .structure(let members) = try content.children[0].value(),
        case .int(let code)? = members["faultCode"], case .string(let text)? = members["faultString"]
      else { throw XMLRPCError("a <fault> has a faultCode and a faultString") }
      self = .fault(code: code, text: text)
    default: throw XMLRPCError("an answer has one <param>, or a <fault> with one <value>")
    }
  }

  /// The answer as a document.
  public var document: [UInt8] {
    var output = XMLRPCOutput()
    output.element("methodResponse") { output in
      switch self {
      case .value(let value): output.element("params") { $0.element("param") { $0.value(value) } }
      case .fault(let code, let text):
        output.element("fault") { $0.value(["faultCode": .int(code), "faultString": .string(text)]) }
      }
    }
    return output.document
  }
}
