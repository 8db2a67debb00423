// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Foundation
import Optimizers
import Testing

/// Printed lines of the teaching document "The Basics of Machine Learning" (y = 3x), reproduced by the
/// optimizers.
///
/// Gradients are written by hand and everything is in Double; the document's PyTorch computes in Float32,
/// which its three decimals do not show.
@Suite("Printed lines of a teaching document")
struct TeachingDocumentTests {
  /// Weight after the step, slope by the input and loss and prediction before it, at every 20th epoch's first
  /// sample.
  static let printed = [
    "Epoch 0  , weight: 0.989, x.grad: -4.426, loss: 5.517, prediction: 0.651",
    "Epoch 20 , weight: 2.970, x.grad: 0.795, loss: 0.018, prediction: 3.134",
    "Epoch 40 , weight: 2.984, x.grad: 0.435, loss: 0.005, prediction: 3.073",
    "Epoch 60 , weight: 2.991, x.grad: 0.238, loss: 0.002, prediction: 3.040",
    "Epoch 80 , weight: 2.995, x.grad: 0.130, loss: 0.000, prediction: 3.022",
    "Epoch 100, weight: 2.997, x.grad: 0.071, loss: 0.000, prediction: 3.012",
    "Epoch 120, weight: 2.999, x.grad: 0.039, loss: 0.000, prediction: 3.006",
    "Epoch 140, weight: 2.999, x.grad: 0.021, loss: 0.000, prediction: 3.004",
    "Epoch 160, weight: 3.000, x.grad: 0.011, loss: 0.000, prediction: 3.002",
    "Epoch 180, weight: 3.000, x.grad: 0.006, loss: 0.000, prediction: 3.001",
    "Epoch 200, weight: 3.000, x.grad: 0.003, loss: 0.000, prediction: 3.001",
  ]

  @Test("a line of one weight and one bias, momentum 0.2, sample by sample")
  func line() throws {
    #expect(try epochs("sgd:lr=0.01,momentum=0.2") == Self.printed)
  }

  @Test(
    "other conventions of momentum do not print these lines",
    arguments: [
      "sgd:lr=0.01", "sgd:lr=0.01,momentum=0.2,nesterov=true", "sgd:lr=0.01,momentum=0.2,dampening=0.2",
    ])
  func otherMomentum(specification: String) throws {
    #expect(try epochs(specification) != Self.printed)
  }

  @Test("the nudge by a fixed amount: five lines and the last product")
  func nudge() throws {
    let optimizer = try optimizerCatalog().make("sign-descent:lr=0.05")
    // The start that leads to the document's last line, 9.121440469968388 = 3.04 x 3.00.
    var weight = [0.790480156656129]
    var state = optimizer.initialState(parameterCount: 1)
    var lines: [String] = []
    for i in 0..<90 {
      let error = 3 * weight[0] - 9
      if i % 10 == 0 { lines.append("\(Self.fixed(weight[0], 2)) \(Self.fixed(error, 2))") }
      try optimizer.step(&weight, gradient: [2 * error * 3], state: &state)
      if error.magnitude <= 0.1 { break }
    }
    #expect(lines == ["0.79 -6.63", "1.29 -5.13", "1.79 -3.63", "2.29 -2.13", "2.79 -0.63"])
    #expect(state.step == 45)
    // The document nudges once more after it has seen the small error; 45 roundings of a number below 4.
    #expect((3 * weight[0] - 9.121440469968388).magnitude <= 45 * 3 * 4.0.ulp)
  }

  private func epochs(_ specification: String) throws -> [String] {
    let optimizer = try optimizerCatalog().make(specification)
    var parameters = [0.9422, -0.2910]
    var state = optimizer.initialState(parameterCount: 2)
    var lines: [String] = []
    for epoch in 0...200 {
      for (i, x) in [1.0, 2, 3, 4, 5, 6].enumerated() {
        let prediction = parameters[0] * x + parameters[1]
        let slope = 2 * (prediction - 3 * x)
        let inputSlope = slope * parameters[0]
        try optimizer.step(&parameters, gradient: [slope * x, slope], state: &state)
        guard epoch % 20 == 0, i == 0 else { continue }
        let number = "\(epoch)".padding(toLength: 3, withPad: " ", startingAt: 0)
        lines.append(
          "Epoch \(number), weight: \(Self.fixed(parameters[0])), x.grad: \(Self.fixed(inputSlope)), "
            + "loss: \(Self.fixed(slope * slope / 4)), prediction: \(Self.fixed(prediction))")
      }
    }
    return lines
  }

  private static func fixed(_ x: Double, _ digits: Int = 3) -> String { String(format: "%.\(digits)f", x) }
}
