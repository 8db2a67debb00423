// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

/// The documentation says what is so: its code is compiled code, its commands run, its links lead somewhere.
struct PageTests {
  /// What a page quotes has to be compiled: it lies where the manifest has targets.
  static let compiled = ["Sources/", "Plugins/", "Tests/", "Samples/"]

  @Test(arguments: Page.paths + Page.catalogs)
  func codeIsQuotedFromCompiledFiles(path: String) throws {
    for block in try Page(path).blocks where block.info.first == "swift" {
      let place = "\(path):\(block.line)"
      switch block.directive?.key {
      case "quoted":
        let reference = try #require(block.directive?.value)
        #expect(Self.compiled.contains { reference.hasPrefix($0) }, "\(place): \(reference) is not compiled")
        #expect(block.lines == (try Quotation.lines(reference)), "\(place): not as in \(reference)")
      case "file":
        // The files of the program that .ci/third-party makes and runs.
        #expect(path == "docs/from-swift.md", "\(place): only that page's program is made of its blocks")
      default:
        Issue.record("\(place): no '<!-- quoted: path -->' above; quote the code from a file that is compiled")
      }
    }
  }

  /// Blocks `sh run` (or `sh run exit=1`), in order, in a folder with the samples; a `text` block next is the output.
  @Test(arguments: Page.paths)
  func commandsDoWhatThePageShows(path: String) throws {
    let blocks = try Page(path).blocks
    guard blocks.contains(where: { $0.info.starts(with: ["sh", "run"]) }) else { return }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "Samples"), withDestinationURL: Page.root.appending(path: "Samples"))
    let search = BuiltProgram.folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    for (index, block) in blocks.enumerated() where block.info.starts(with: ["sh", "run"]) {
      let place = "\(path):\(block.line)"
      let run = try Run(
        URL(filePath: "/bin/sh"), ["-e", "-c", block.lines.joined(separator: "\n")], in: folder,
        environment: ["PATH": search, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80"])
      let exitCode = block.info.lazy.compactMap { $0.split(separator: "=").last.flatMap { Int32($0) } }.first ?? 0
      #expect(run.exitCode == exitCode, "\(place): \(run.errors)")
      guard index + 1 < blocks.count, blocks[index + 1].info == ["text"] else { continue }
      let shown = ExpectedOutput.lines(blocks[index + 1].lines.joined(separator: "\n"))
      #expect(ExpectedOutput.matches(shown, ExpectedOutput.lines(run.output)), "\(place) printed:\n\(run.output)")
    }
  }

  @Test(arguments: Page.paths)
  func linksLeadSomewhere(path: String) throws {
    let page = try Page(path)
    let folder = Page.root.appending(path: path).deletingLastPathComponent()
    for link in page.links where !link.contains("://") && !link.hasPrefix("mailto:") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? Page.root.appending(path: path) : folder.appending(path: parts[0])
      #expect(FileManager.default.fileExists(atPath: target.path), "\(path): [\(link)] leads nowhere")
      guard parts.count > 1, target.pathExtension == "md" else { continue }
      let text = try String(contentsOf: target, encoding: .utf8)
      #expect(Page(path: "", text: text).anchors.contains(parts[1]), "\(path): no heading for [\(link)]")
    }
  }

  @Test func everyPageIsReachedFromTheREADME() throws {
    var reached: Set<String> = ["README.md"]
    var next = ["README.md"]
    while let path = next.popLast() {
      let base = URL(filePath: "/" + path).deletingLastPathComponent()
      for link in try Page(path).links where !link.contains("://") {
        let target = base.appending(path: String(link.prefix { $0 != "#" })).standardized.path.dropFirst()
        if Page.paths.contains(String(target)), reached.insert(String(target)).inserted { next.append(String(target)) }
      }
    }
    #expect(Page.paths.filter { !reached.contains($0) } == [], "no page links to these")
    #expect(Page.paths.count > 5, "hardly any page was found: is this the right folder?")
    #expect(Page.catalogs.count > 20, "hardly any catalog was found: is this the right folder?")
  }
}
