// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct ImportArrowTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func modules(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  static func sources(of module: String, in folder: String) throws -> [String: String] {
    let base = root.appending(path: folder).appending(path: module)
    var sources: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: base.path) where path.hasSuffix(".swift") {
      sources["\(folder)/\(module)/\(path)"] = try String(contentsOf: base.appending(path: path), encoding: .utf8)
    }
    return sources
  }

  @Test(arguments: ["Sources", "Plugins"])
  func everyImportPointsDown(folder: String) throws {
    let plugins = Set(try Self.modules(in: "Plugins"))
    var imports = 0
    for module in try Self.modules(in: folder) where module != "CGSL" {
      for (path, source) in try Self.sources(of: module, in: folder) {
        for imported in ImportArrows.imports(in: source) {
          imports += 1
          let objection = ImportArrows.objection(to: imported, in: module, plugins: plugins)
          #expect(objection == nil, "\(path): import \(imported)")
        }
      }
    }
    #expect(imports > 5, "hardly any import was found: is this the right folder?")
  }

  /// Wrong on purpose, and a few that are right.
  @Test(arguments: [
    ("Losses", "Models", false), ("ForwardMode", "Differentiation", false), ("ReverseMode", "CGSL", false),
    ("DifferentiationCore", "ForwardMode", false), ("DifferentiableScalars", "DifferentiationCore", false),
    ("DifferentiationTesting", "ReverseMode", false), ("Training", "Optimizers", false), ("Brand", "RealModule", false),
    ("Training", "Differentiation", false), ("Differentiation", "DifftoolCommands", false),
    ("RandomStreams", "DifferentiableScalars", false), ("FiniteDifferences", "CGSL", true),
    ("Losses", "DifferentiationCore", true), ("Differentiation", "Losses", true), ("Training", "TabularData", true),
    ("DifferentiableScalars", "RealModule", true), ("DifftoolCommands", "Differentiation", true),
  ])
  func theRuleTellsRightFromWrong(module: String, imported: String, allowed: Bool) {
    let plugins: Set = ["Losses", "Models", "ForwardMode", "ReverseMode", "Optimizers", "FiniteDifferences"]
    let objection = ImportArrows.objection(to: imported, in: module, plugins: plugins)
    #expect((objection == nil) == allowed)
  }

  @Test func importsAreFoundInEveryForm() {
    let source = """
      // import Commented
      import Plain
      @_exported import Exported
      internal import Internal
      @preconcurrency public import struct Kind.Name
      import Deep.Submodule
      let important = 1
      """
    #expect(ImportArrows.imports(in: source) == ["Plain", "Exported", "Internal", "Kind", "Deep"])
  }
}
