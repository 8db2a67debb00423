// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import TabularData
import Testing

@Suite("Standardization")
struct StandardizationTests {
  @Test("Mean and standard deviation with divisor n")
  func moments() throws {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, variance 32/8 = 4.
    let rows = [2.0, 4, 4, 4, 5, 5, 7, 9].map { [$0, 7.25] }
    let scaling = try Standardization(columns: ["a", "constant"], fitting: rows)
    #expect(scaling.means == [5, 7.25])
    #expect(scaling.scales == [2, 1])
    #expect(try scaling([[9, 7.25]]) == [[2, 0]])
    #expect(try scaling.inverted([[2, 0]]) == [[9, 7.25]])
  }

  @Test("A column that is constant but for rounding, and one far from 0 that is not")
  func nearlyConstant() throws {
    let rounding = (0..<10).map { _ in [0.1 + 0.2] } + [[0.3]]
    #expect(try Standardization(columns: ["x"], fitting: rounding).scales == [1])
    let offset = [[1e9 - 3], [1e9 + 3]]
    #expect(try Standardization(columns: ["x"], fitting: offset).scales == [3])
  }

  @Test("Numbers near the ends of the range neither overflow nor vanish", arguments: [1e308, 1e-300])
  func extremes(size: Double) throws {
    let scaling = try Standardization(columns: ["x"], fitting: [[-size], [size], [-size], [size]])
    #expect(scaling.means == [0])
    #expect(scaling.scales == [size])
  }

  @Test("Rows and numbers that do not fit are refused")
  func refused() throws {
    #expect(throws: DifferentiationError.self) { try Standardization(columns: ["x"], fitting: []) }
    #expect(throws: DifferentiationError.self) {
      try Standardization(columns: ["x"], fitting: [[1], [.nan]])
    }
    #expect(throws: DifferentiationError.self) { try Standardization(columns: ["x"], fitting: [[1, 2]]) }
    #expect(throws: DifferentiationError.self) {
      try Standardization(columns: ["x"], means: [0], scales: [0])
    }
    let scaling = try Standardization(columns: ["x"], fitting: [[1], [2]])
    #expect(throws: DifferentiationError.self) { try scaling([[1, 2]]) }
  }

  @Test("Stored and read again it is the same; a stored scale of 0 is refused")
  func coding() throws {
    let scaling = try Standardization(columns: ["x"], fitting: [[0.1], [0.7], [1.0 / 3]])
    let data = try JSONEncoder().encode(scaling)
    #expect(try JSONDecoder().decode(Standardization.self, from: data) == scaling)
    let zero = Data(#"{"columns":["x"],"means":[0],"scales":[0]}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Standardization.self, from: zero) }
  }
}
