public import XMLRPC

/// What a method of Emulab's XML-RPC interface answers: a struct of `code`, `value` and `output`.
public struct EmulabResponse: Sendable, Equatable {
  /// How it went, in Emulab's numbers.
  public enum Code: Int, Sendable {
    case success = 0
    case badArguments, error, forbidden, badVersion, serverError, tooBig, refused, timedOut
  }

  /// How it went.
  public var code: Code
  /// What is asked for; where a program failed, its exit status.
  public var value: XMLRPCValue
  /// What there is to read.
  public var output: String

  /// An answer.
  public init(_ code: Code = .success, value: XMLRPCValue = 0, output: String = "") {
    self.code = code
    self.value = value
    self.output = output
  }

  /// The answer to a client. Clients expect printable ASCII in `output`.
  var structure: XMLRPCValue {
    let printable = output.unicodeScalars.filter {
      (" "..."~").contains($0) || "\n\t\r\u{B}\u{C}".unicodeScalars.contains($0)
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: printable)
    return ["code": .int(code.rawValue), "value": value, "output": .string(String(text))]
  }

  /// What Emulab's command-line clients exit with: the value where it says why something failed, else the code.
  public var exitCode: Int32 {
    guard code != .success else { return 0 }
    guard case .int(let status) = value, status != 0, let code = Int32(exactly: status) else {
      return Int32(code.rawValue)
    }
    return code
  }
}

/// Why a method can't do what it was asked.
struct EmulabProblem: Error {
  let response: EmulabResponse

  init(_ code: EmulabResponse.Code, _ output: String, value: XMLRPCValue = 0) {
    response = EmulabResponse(code, value: value, output: output)
  }
}
