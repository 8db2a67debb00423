// SPDX-License-Identifier: Apache-2.0

import Testing

/// The checks of the pages, on pages that are wrong on purpose.
struct MechanismTests {
  static let text = """
    # A heading, with `code`

    See [there](other.md#part) and [here](https://example.org).

    <!-- quoted: Sources/A.swift#part -->

    ```swift
    let [a](b) = 1
    ```

    Not quoted:

    ```swift
    let b = 2
    ```

    ```sh run exit=1
    false
    ```
    """

  @Test func blocksLinksAndHeadingsAreFound() {
    let page = Page(path: "page.md", text: Self.text)
    #expect(page.blocks.map(\.info) == [["swift"], ["swift"], ["sh", "run", "exit=1"]])
    #expect(page.blocks.map(\.lines) == [["let [a](b) = 1"], ["let b = 2"], ["false"]])
    #expect(page.blocks[0].directive == Page.Directive(key: "quoted", value: "Sources/A.swift#part"))
    #expect(page.blocks[1].directive == nil, "a directive belongs to the block just below")
    #expect(page.links == ["other.md#part", "https://example.org"])
    #expect(page.anchors == ["a-heading-with-code"])
  }

  @Test func sectionsAreCutOutAndMovedLeft() throws {
    let source = """
      // SPDX-License-Identifier: Apache-2.0

      struct A {
        // begin: part
        let a = 1

          let b = 2
        // end: part
      }

      """
    #expect(
      try Quotation.lines(of: source, section: "part", reference: "A") == ["let a = 1", "", "  let b = 2"])
    #expect(try Quotation.lines(of: source, section: nil, reference: "A").first == "struct A {")
    #expect(try Quotation.lines(of: source, section: nil, reference: "A").last == "}")
    #expect(throws: Quotation.NotFound.self) { try Quotation.lines(of: source, section: "other", reference: "A") }
    #expect(throws: Quotation.NotFound.self) { try Quotation.lines("Sources/no/such/file.swift") }
  }

  @Test func whiteSpaceIsNotCompared() {
    #expect(ExpectedOutput.lines("a  b \n\n\tc\n\n") == ["a b", "", "c"])
  }

  @Test(arguments: [
    (["a", "b"], ["a", "b"], true), (["a"], ["a", "b"], false), (["a", "b"], ["a"], false), ([], [], true),
    (["a", "…"], ["a"], true), (["a", "…"], ["a", "b", "c"], true), (["…", "c"], ["a", "b", "c"], true),
    (["…", "c"], ["a", "c", "b"], false), (["…", "b", "…", "c"], ["b", "x", "b", "c"], true), (["…"], [], true),
    (["took … s"], ["took 0.3 s"], true), (["took … s"], ["took 0.3 min"], false), (["…%"], ["50%"], true),
    (["a…b…c"], ["abxbc"], true), (["a…b"], ["ac"], false),
  ])
  func outputIsCompared(shown: [String], printed: [String], same: Bool) {
    #expect(ExpectedOutput.matches(shown, printed) == same)
  }
}
