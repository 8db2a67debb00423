// SPDX-License-Identifier: Apache-2.0

import RealModule

/// The factors by which random starts differ from the certified ones, the same in every language: a test, the benchmark
/// and the script that runs scipy beside them fit from the same 540 starts.
package enum StartFactors {
  /// Starts drawn around each of the two certified ones: 20 a problem.
  package static let draws = 10

  /// exp(u), u uniform between log 0.3 and log 3, by the finaliser of SplitMix64.
  package static func factor(problem: Int, start: Int, draw: Int, parameter: Int) -> Double {
    var z = UInt64(((problem * 2 + start) * draws + draw) * 16 + parameter) &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    let u = Double(z >> 11) * 0x1p-53
    return Double.exp(Double.log(0.3) + u * (Double.log(3) - Double.log(0.3)))
  }

  /// The draws around a start of the problem with this number among the nonlinear ones.
  package static func starts(_ problem: CertifiedProblem, number: Int, start: Int) -> [[Double]] {
    (0..<draws).map { draw in
      problem.starts[start].enumerated().map { j, value in
        value * factor(problem: number, start: start, draw: draw, parameter: j)
      }
    }
  }
}
