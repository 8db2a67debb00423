// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Testing

struct RegistryTests {
  private func catalog() -> Catalog<String> {
    var catalog = Catalog<String>(kind: "widget")
    catalog.register(
      CatalogEntry(
        "gradient-descent", summary: "one",
        options: [
          .number("rate", default: 0.5, in: 0...1, "how fast"), .flag("nesterov", default: false, "look ahead"),
        ]
      ) { options in "gd \(try options.number("rate")) \(try options.flag("nesterov"))" })
    catalog.register(CatalogEntry("adam", summary: "two") { _ in "adam" })
    return catalog
  }

  @Test func namesKeepTheirOrderAndAReplacementItsPlace() throws {
    var catalog = catalog()
    #expect(catalog.names == ["gradient-descent", "adam"])
    catalog.register(CatalogEntry("gradient-descent", summary: "new") { _ in "new" })
    #expect(catalog.names == ["gradient-descent", "adam"])
    #expect(try catalog.make("gradient-descent") == "new")
  }

  @Test func specificationsAreRead() throws {
    let catalog = catalog()
    #expect(try catalog.make("gradient-descent") == "gd 0.5 false")
    #expect(try catalog.make("gradient-descent:rate=0.25,nesterov=true") == "gd 0.25 true")
    #expect(try catalog.make("gradient-descent", suggestions: ["rate": .number(0.125)]) == "gd 0.125 false")
    #expect(
      try catalog.make("gradient-descent:rate=1", suggestions: ["rate": .number(0.125)]) == "gd 1.0 false")
  }

  @Test(arguments: [
    ("gradient-decent", "gradient-descent"), ("Adam", "adam"), ("adma", "adam"), ("grad", "gradient-descent"),
  ])
  func closeNamesAreSuggested(typed: String, suggestion: String) {
    #expect(
      throws: DifferentiationError.unknownName(
        kind: "widget", name: typed, known: ["gradient-descent", "adam"], suggestion: suggestion)
    ) { try catalog().entry(typed) }
  }

  @Test(arguments: ["", "x", "quasi-newton"])
  func farNamesAreNot(typed: String) {
    #expect(
      throws: DifferentiationError.unknownName(
        kind: "widget", name: typed, known: ["gradient-descent", "adam"], suggestion: nil)
    ) { try catalog().entry(typed) }
  }

  @Test(arguments: [
    "gradient-descent:", "gradient-descent:rate", "gradient-descent:rate=", "gradient-descent:=1",
    "gradient-descent:rate=1,", "gradient-descent:rate=1,rate=0", "gradient-descent:rate=0.1=2",
    "gradient-descent:rate=nan", "gradient-descent:rate=inf", "gradient-descent:rate=2",
    "gradient-descent:nesterov=maybe", "gradient-descent:speed=1", "adam:rate=1", ":", "gradient-descent:rate=0,1",
  ])
  func badSpecificationsAreErrors(text: String) {
    #expect(throws: DifferentiationError.self) { try catalog().make(text) }
  }

  @Test func errorsSayTheWayOut() {
    func message(_ text: String) -> String {
      do {
        return try catalog().make(text)
      } catch { return "\(error)" }
    }
    #expect(message("adan") == "no widget is called 'adan' (did you mean 'adam'?); there are: gradient-descent, adam")
    #expect(
      message("gradient-descent:rat=1")
        == "'gradient-descent' has no option 'rat' (did you mean 'rate'?); it has: rate, nesterov")
    #expect(message("adam:x=1") == "'adam' has no option 'x'; it has none")
    #expect(
      message("gradient-descent:rate=2") == "'gradient-descent': rate=2 does not fit; expected a number from 0 to 1")
  }

  @Test func aRegistryIsAValue() {
    let original = Registry()
    var copy = original
    copy.schedules.register(
      CatalogEntry("mine", summary: "") { _ in throw DifferentiationError.incompatible("", wayOut: "") })
    #expect(original.schedules.names.isEmpty)
    #expect(copy.schedules.names == ["mine"])
  }
}
