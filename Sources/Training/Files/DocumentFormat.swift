// SPDX-License-Identifier: Apache-2.0
//
// {"format":"difftool-checkpoint","version":1,"checksum":"0123456789abcdef","content":{…}}
//
// The checksum is of the content's bytes as they stand in the file, so that a changed digit is found although
// the text is still JSON. Rejected: a checksum of the re-encoded content, which would depend on the encoder's
// version.

import Foundation
import TabularData

/// A kind of JSON file with a name, a version and a checksum.
struct DocumentFormat: Sendable {
  /// What it is called in messages.
  let kind: String
  /// The name in the file.
  let name: String
  /// The version that is written, and the last that is read.
  let version: Int

  static let checkpoint = DocumentFormat(kind: "checkpoint", name: "difftool-checkpoint", version: 1)
  static let savedModel = DocumentFormat(kind: "saved model", name: "difftool-model", version: 1)
  private static let all = [checkpoint, savedModel]
  private static let contentKey = Data("\"content\":".utf8)

  /// The file's bytes.
  func data(_ content: some Encodable) throws -> Data {
    let body = try JSONCoding.encoder().encode(content)
    let head =
      #"{"format":"\#(name)","version":\#(version),"checksum":"\#(Checksum.text(of: body))","content":"#
    return Data(head.utf8) + body + Data("}\n".utf8)
  }

  /// The content of a file.
  ///
  /// - Throws: ``DocumentError`` that says what is wrong.
  func content<Content: Decodable>(_ type: Content.Type, at path: String) throws -> Content {
    func unreadable(_ reason: String) -> DocumentError {
      DocumentError(.unreadable(reason: reason), path: path, kind: kind)
    }
    let files = FileManager.default
    guard let found = try? files.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    else { throw unreadable("there is no such file; check the name and the folder") }
    guard found[.type] as? FileAttributeType != .typeDirectory else {
      throw unreadable("it is a folder; give the file in it")
    }
    guard files.isReadableFile(atPath: path) else {
      throw unreadable("you may not read it; check its permissions")
    }
    let data: Data
    do {
      data = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
    } catch {
      throw unreadable(error.localizedDescription)
    }
    return try content(type, of: data, path: path)
  }

  /// The content of bytes.
  func content<Content: Decodable>(_ type: Content.Type, of data: Data, path: String) throws -> Content {
    func failure(_ problem: DocumentError.Problem) -> DocumentError {
      DocumentError(problem, path: path, kind: kind)
    }
    let head = try envelope(data, path: path)
    guard let key = data.range(of: Self.contentKey), let end = data.lastIndex(of: UInt8(ascii: "}")),
      key.upperBound < end
    else { throw failure(.damaged(reason: "its content is missing")) }
    let body = data[key.upperBound..<end]
    guard head.checksum == Checksum.text(of: body) else {
      throw failure(.damaged(reason: "its checksum does not fit, so something in it was changed"))
    }
    do {
      return try JSONCoding.decoder().decode(type, from: body)
    } catch let error as DecodingError {
      throw failure(.damaged(reason: JSONCoding.sentence(error)))
    }
  }

  private struct Envelope: Decodable {
    var format: String
    var version: Int
    var checksum: String
  }

  private func envelope(_ data: Data, path: String) throws -> Envelope {
    func failure(_ problem: DocumentError.Problem) -> DocumentError {
      DocumentError(problem, path: path, kind: kind)
    }
    struct Name: Decodable {
      var format: String
    }
    struct Version: Decodable {
      var version: Int
    }
    guard !data.isEmpty else { throw failure(.damaged(reason: "it is empty")) }
    guard let name = try? JSONDecoder().decode(Name.self, from: data) else {
      let isOurs = data.starts(with: Data("{\"format\":\"\(self.name)\"".utf8))
      throw failure(
        isOurs ? .damaged(reason: "it is cut off or not valid JSON") : .foreign(found: "something else"))
    }
    guard name.format == self.name else {
      let other = Self.all.first { $0.name == name.format }
      throw failure(.foreign(found: other.map { "a \($0.kind)" } ?? "a file of format '\(name.format)'"))
    }
    guard let version = try? JSONDecoder().decode(Version.self, from: data).version, version >= 1 else {
      throw failure(.damaged(reason: "its version is missing or no whole number from 1"))
    }
    guard version <= self.version else {
      throw failure(.newer(version: version, supported: self.version))
    }
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: data) else {
      throw failure(.damaged(reason: "its checksum is missing"))
    }
    return envelope
  }
}
