// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import RandomStreams
import Testing

/// The kernels' elementary functions against 80-bit arithmetic, on every instruction set of this machine.
struct VectorFunctionTests {
  static let names = VectorFunctions.opcodes.keys.sorted()
  /// What docs/numerics.md promises.
  static let promisedUlps = 2.0

  static func reference(_ name: String, _ x: Double) -> Float80 {
    let y = Float80(x)
    switch name {
    case "exp": return expl(y)
    case "log": return logl(y)
    case "log1p": return log1pl(y)
    case "tanh": return tanhl(y)
    case "sqrt": return y.squareRoot()
    case "sigmoid": return y < 0 ? expl(y) / (1 + expl(y)) : 1 / (1 + expl(-y))
    case "softplus": return (y < 0 ? 0 : y) + log1pl(expl(-y.magnitude))
    default: preconditionFailure(name)
    }
  }

  static func points(_ name: String) -> [Double] {
    var random = SplitMix64(seed: 20)
    var points: [Double] = []
    for _ in 0..<20_000 {
      let size = Double.random(in: -320...308, using: &random)
      points.append(pow(10, size))
      points.append(Double.random(in: -40...40, using: &random))
      points.append(Double.random(in: -2...2, using: &random))
      points.append(Double.random(in: -745...710, using: &random))
      points.append(pow(10, Double.random(in: -20...1, using: &random)) * (Bool.random(using: &random) ? 1 : -1))
    }
    switch name {
    case "log", "sqrt": return points.map(\.magnitude)
    case "log1p": return points.filter { $0 > -1 }
    default: return points
    }
  }

  @Test(arguments: names, InstructionSet.available)
  func errorInUlps(_ name: String, _ set: InstructionSet) throws {
    let x = Self.points(name)
    let y = try #require(VectorFunctions.map(name, x, on: set))
    var worst = 0.0
    var at = 0.0
    for (x, y) in zip(x, y) {
      let exact = Self.reference(name, x)
      let rounded = Double(exact)
      if rounded.isInfinite || y.isInfinite {
        #expect(y == rounded, "\(name)(\(x)) = \(y), not \(rounded)")
        continue
      }
      let ulp = Swift.max(rounded.ulp, .leastNonzeroMagnitude)
      let error = Double((Float80(y) - exact).magnitude / Float80(ulp))
      if error > worst || error.isNaN { (worst, at) = (error, x) }
      if error.isNaN { break }
    }
    #expect(worst <= Self.promisedUlps, "\(name) on \(set): \(worst) ulp at \(at)")
  }

  @Test(arguments: names, InstructionSet.available)
  func theEdges(_ name: String, _ set: InstructionSet) throws {
    let x = [0.0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1000, -1000]
    let y = try #require(VectorFunctions.map(name, x, on: set))
    for (x, y) in zip(x, y) {
      let exact = Double(Self.reference(name, x))
      #expect(y == exact || (y.isNaN && exact.isNaN) || (y - exact).magnitude <= 2 * exact.ulp, "\(name)(\(x)) = \(y)")
    }
  }
}
