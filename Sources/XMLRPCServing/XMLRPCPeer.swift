internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// Who is at the other end of a connection.
public enum XMLRPCPeer: Sendable, Equatable {
  /// Who has a certificate that the server's authority signed, with its common name.
  case certificate(commonName: String)
  /// A user of this machine, by number.
  case localUser(UInt32)
}

extension XMLRPCPeer {
  /// Who has the certificate that a connection was made with.
  ///
  /// - Returns: `nil` where there is none, or it names nobody.
  static func holder(of channel: any Channel) async -> Self? {
    guard let presented = try? await channel.nioSSL_peerCertificate().get(), let bytes = try? presented.toDERBytes(),
      let certificate = try? Certificate(derEncoded: bytes)
    else { return nil }
    let names = certificate.subject.flatMap { $0 }.filter { $0.type == .RDNAttributeType.commonName }
    // Two names would be two people.
    guard names.count == 1, let name = String(names[0].value) else { return nil }
    return .certificate(commonName: name)
  }
}
