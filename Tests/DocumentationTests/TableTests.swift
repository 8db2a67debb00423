// SPDX-License-Identifier: Apache-2.0

import Differentiation
import Foundation
import Testing

/// What the documentation lists is what there is.
struct TableTests {
  /// The first cells of a table's rows, under a heading, that are names in code.
  static func names(under heading: String, in path: String) throws -> Set<String> {
    let text = try String(contentsOf: Page.root.appending(path: path), encoding: .utf8)
    let section = text.components(separatedBy: "\n").drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("#") }
    return Set(section.compactMap { $0.firstMatch(of: #/^\| `([^`]+)` \|/#).map { String($0.output.1) } })
  }

  @Test func theMethodsOfThePageAreTheRegistrys() throws {
    #expect(
      try Self.names(under: "## Methods", in: "docs/from-swift.md") == Set(Registry.standard.differentiators.names))
  }

  @Test func theProductsOfThePageAreTheManifests() throws {
    let manifest = try String(contentsOf: Page.root.appending(path: "Package.swift"), encoding: .utf8)
    let products = manifest.matches(of: #/\.(?:library|executable)\(\s*name: "(\w+)"/#).map { String($0.output.1) }
    #expect(try Self.names(under: "## Products", in: "docs/from-swift.md") == Set(products))
  }

  @Test func theModulesOfTheArchitectureAreTheFolders() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Page.root.appending(path: "Sources").path)
    let modules = Set(folders.filter { !$0.hasPrefix(".") }).subtracting(["CGSL", "difftool"])
    let page = try Self.names(under: "## The modules, from below", in: "docs/architecture.md")
    #expect(page == modules.union(["Plugins/…"]))
  }
}
