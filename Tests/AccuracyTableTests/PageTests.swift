// SPDX-License-Identifier: Apache-2.0

import AccuracyTable
import BuiltPrograms
import DifferentiationCore
import FiniteDifferences
import Foundation
import Testing

@Suite("docs/numerics.md says what is computed")
struct PageTests {
  private func page() throws -> String { try String(contentsOf: Support.page, encoding: .utf8) }

  @Test("the page as it is")
  func current() throws {
    let differences = try Support.accuracy.get().section.differences(from: page())
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  @Test("writing the section anew changes nothing else, and is as computed to the last figure")
  func writtenAnew() throws {
    let page = try page()
    let section = try Support.accuracy.get().section
    let written = try section.replaced(in: page)
    #expect(try section.differences(from: written).isEmpty)
    #expect(try section.replaced(in: written) == written)
    for (old, new) in [(page, written), (written, page)] {
      let outside = old.components(separatedBy: GeneratedSection.start)
      #expect(outside.count == 2 && new.hasPrefix(outside[0]))
      #expect(new.hasSuffix(old.components(separatedBy: GeneratedSection.end).last ?? "-"))
    }
  }

  @Test("one value in eight moved by an ulp at random: it agrees with the page's figures")
  func otherLibrary() throws {
    let catalog = try Support.catalog(where: \.takesBlackBoxes)
    let here = try Accuracy(catalog).section
    let there = try Accuracy(catalog, target: Support.otherLibrary).section
    let differences = try there.differences(from: here.text)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    #expect(here.text != there.text)
  }

  @Test("other schemes, orders, steps and estimates do not")
  func otherMethods() throws {
    let catalog = try Support.catalog(where: \.takesBlackBoxes)
    let here = try Accuracy(catalog).section
    let changes: [@Sendable (FiniteDifference) throws -> any Differentiator] = [
      { try FiniteDifference(scheme: $0.scheme == .central ? .forward : .central, step: $0.step) },
      { try FiniteDifference(scheme: $0.scheme, step: .adaptive(relative: 1e-12)) },
      { Scaled(base: $0, estimates: 3) },
      { Scaled(base: $0, derivatives: 1 + 1e-10) },
    ]
    for (index, change) in changes.enumerated() {
      let changed = try Support.catalog(where: \.takesBlackBoxes) { method in
        guard let method = method as? FiniteDifference, case .adaptive = method.step else { return method }
        return try change(method)
      }
      #expect(try !Accuracy(changed).section.differences(from: here.text).isEmpty, "change \(index)")
    }
  }

  @Test("changes of the page are found")
  func changedPages() throws {
    let section = try Support.accuracy.get().section
    let text = section.text
    #expect(try section.differences(from: text).isEmpty)
    let lines = text.components(separatedBy: "\n")
    let rows = lines.indices.filter { lines[$0].hasPrefix("| sin ") }
    #expect(rows.count == 2)
    for row in rows {
      var missing = lines
      missing.remove(at: row)
      #expect(try section.differences(from: missing.joined(separator: "\n")).count == 1)
      for (from, to) in [("| sin ", "| tan "), (" · ", " · 9e9"), ("| sin(x)", "| cos(x)")] {
        // The second table has no formulas.
        guard lines[row].contains(from) else { continue }
        var changed = lines
        changed[row] = lines[row].replacingOccurrences(of: from, with: to)
        #expect(try !section.differences(from: changed.joined(separator: "\n")).isEmpty, "\(from) → \(to)")
      }
    }
    for (from, to) in [("reference functions", "functions"), ("| Median |", "| Mean |"), ("858", "857")] {
      let changed = text.replacingOccurrences(of: from, with: to)
      #expect(changed != text, "\(from)")
      #expect(try !section.differences(from: changed).isEmpty, "\(from)")
    }
    let longer = text.replacingOccurrences(of: GeneratedSection.end, with: "More.\n" + GeneratedSection.end)
    #expect(try section.differences(from: longer) == ["'More.' stands below what is generated"])
    for marker in [GeneratedSection.start, GeneratedSection.end] {
      let unmarked = text.replacingOccurrences(of: marker, with: "")
      #expect(throws: PageError.self) { try section.differences(from: unmarked) }
      #expect(throws: PageError.self) { try section.replaced(in: unmarked) }
    }
  }

  @Test("the program: the page as it is, a page that differs, wrong usage")
  func program() throws {
    let program = BuiltProgram("AccuracyTable")
    let good = try program.run(["--check", Support.page.path])
    #expect(good.exitCode == 0, "\(good.output)\(good.errors)")
    let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: copy) }
    try Data(try page().replacingOccurrences(of: "| sin ", with: "| sine ").utf8).write(to: copy)
    let bad = try program.run(["--check", copy.path])
    #expect(bad.exitCode == 1 && bad.output.contains("--write"))
    #expect(try program.run(["--write", copy.path]).exitCode == 0)
    #expect(try program.run(["--check", copy.path]).exitCode == 0)
    #expect(try program.run(["--check", copy.path, "--write", copy.path]).exitCode == 64)
    #expect(try program.run(["--check", copy.path + "-absent"]).exitCode != 0)
    #expect(try program.run().output.hasPrefix(GeneratedSection.start))
  }
}
