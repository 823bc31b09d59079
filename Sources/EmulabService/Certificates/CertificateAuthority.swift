internal import Crypto
internal import Foundation
internal import Glibc
internal import SwiftASN1
public import SystemPackage
public import Testbed
internal import X509

/// The testbed's own authority: signs the certificates of its server and its users. Made on first use, in the directory
/// `certificates` at the top of the testbed's tree.
public struct CertificateAuthority: Sendable {
  /// The directory that certificates are in.
  public let directory: FilePath
  /// The authority's certificate as PEM, by which clients verify the server.
  public let certificate: String

  private let name: DistinguishedName
  private let key: P256.Signing.PrivateKey

  private static let day: TimeInterval = 86_400
  private static let authorityDays = 3650
  private static let serverDays = 365
  /// Clocks aren't quite alike.
  private static let allowance: TimeInterval = 3600

  /// The authority of a tree.
  ///
  /// - Throws: If its files can't be read, or made.
  public init(root: FilePath) throws(TestbedError) {
    directory = root.appending("certificates")
    let file = directory.appending("authority.pem")
    do {
      try FileTree.makeDirectories(root)
      // Of several programs that find none, one makes it.
      let lock = try FileTree.lock(root, isShared: false)
      defer { try? lock.close() }
      if !FileTree.exists(directory) { try FileTree.makeDirectory(directory, permissions: 0o700) }
      if !FileTree.exists(file) { try Self.write(Self.make(), to: file) }
      // The key comes after the certificate.
      let text = try String(contentsOfFile: file.string, encoding: .utf8)
      guard let border = text.range(of: "-----BEGIN PRIVATE KEY-----") else {
        throw TestbedError("a certificate and its key belong there")
      }
      certificate = String(text[..<border.lowerBound])
      name = try Certificate(pemEncoded: certificate).subject
      key = try P256.Signing.PrivateKey(pemRepresentation: String(text[border.lowerBound...]))
      // Beside the key, for others to copy.
      try Self.write(certificate, to: directory.appending("authority.crt"))
    } catch {
      throw TestbedError("\(file): \(error)")
    }
  }

  private static func make() throws -> String {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("Containerize testbed \(hostName)") }
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
      Critical(KeyUsage(keyCertSign: true))
      SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
    }
    return try text(key: key, subject: name, issuer: name, issuerKey: key, days: authorityDays, extensions)
  }

  /// A new certificate for a server on this machine, and its key, as PEM.
  ///
  /// - Parameter address: What it listens at, beside this machine's names.
  /// - Returns: Both.
  /// - Throws: If they can't be made.
  public func server(address: String) throws -> (certificate: String, key: String) {
    let addresses = ["127.0.0.1", address].compactMap { text -> GeneralName? in
      let bytes = text.split(separator: ".").compactMap { UInt8($0) }
      return bytes.count == 4 ? .ipAddress(ASN1OctetString(contentBytes: bytes[...])) : nil
    }
    let key = P256.Signing.PrivateKey()
    let text = try Self.text(
      key: key, subject: DistinguishedName { CommonName(Self.hostName) }, issuer: name, issuerKey: self.key,
      days: Self.serverDays,
      Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([.dnsName("localhost"), .dnsName(Self.hostName)] + addresses)
      })
    return (text, key.pemRepresentation)
  }

  /// Writes a new certificate for a user, with its key, to a file that only its owner reads.
  ///
  /// - Parameters:
  ///   - user: The user.
  ///   - days: How long it is good for.
  ///   - file: The file, which is replaced.
  /// - Throws: If it can't be written.
  public func writeCertificate(for user: String, days: Int, to file: FilePath) throws(TestbedError) {
    do {
      let key = P256.Signing.PrivateKey()
      let text = try Self.text(
        key: key, subject: DistinguishedName { CommonName(user) }, issuer: name, issuerKey: self.key, days: days,
        Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([.clientAuth])
        })
      try Self.write(text, to: file)
    } catch {
      throw TestbedError("\(file): can't be written: \(error)")
    }
  }

  /// A certificate and its key as PEM, one after the other, as in Emulab's files.
  private static func text(
    key: P256.Signing.PrivateKey, subject: DistinguishedName, issuer: DistinguishedName,
    issuerKey: P256.Signing.PrivateKey, days: Int, _ extensions: Certificate.Extensions
  ) throws -> String {
    let now = Date()
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
      notValidBefore: now - allowance, notValidAfter: now + Double(days) * day, issuer: issuer, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: .init(issuerKey))
    return try certificate.serializeAsPEM().pemString + "\n" + key.pemRepresentation + "\n"
  }

  /// Writes a file all at once.
  private static func write(_ text: String, to file: FilePath) throws {
    let new = FilePath("\(file).new")
    FileTree.remove(new)
    let descriptor = try FileDescriptor.open(
      new, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
    if let problem = FileTree.rename(new, to: file) { throw problem }
  }

  private static var hostName: String { ProcessInfo.processInfo.hostName }
}
