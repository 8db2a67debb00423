// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import TabularData
import Testing

/// A file of `Samples/data` and what its README says of it.
struct SampleFile: Sendable, CustomTestStringConvertible {
  let name: String
  let target: String
  let samples: Int
  let inputs: Int
  let classSizes: [Int]?

  var testDescription: String { name }

  var path: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Samples/data/\(name).csv").path
  }

  static let all = [
    SampleFile(name: "iris", target: "species", samples: 150, inputs: 4, classSizes: [50, 50, 50]),
    SampleFile(name: "wine", target: "cultivar", samples: 178, inputs: 13, classSizes: [59, 71, 48]),
    SampleFile(name: "breast_cancer", target: "diagnosis", samples: 569, inputs: 30, classSizes: [357, 212]),
    SampleFile(
      name: "digits", target: "digit", samples: 1797, inputs: 64,
      classSizes: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
    SampleFile(name: "diabetes", target: "progression", samples: 442, inputs: 10, classSizes: nil),
  ]
}

@Suite("The sample files")
struct SampleFilesTests {
  @Test("Sizes and classes are those of the README", arguments: SampleFile.all)
  func sizes(file: SampleFile) throws {
    let data = try DataSet(
      Table(path: file.path), selection: ColumnSelection(targets: [file.target]),
      task: file.classSizes == nil ? .automatic : .classification)
    #expect(data.count == file.samples)
    #expect(data.inputNames.count == file.inputs)
    guard let sizes = file.classSizes else {
      #expect(data.task == .regression)
      return
    }
    #expect(sizes.indices.map { c in data.targets.count { $0 == [Double(c)] } } == sizes)
  }
}
