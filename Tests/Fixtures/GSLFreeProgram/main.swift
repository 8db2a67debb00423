// SPDX-License-Identifier: Apache-2.0

// A program that takes only the parts without GSL. A test reads from the linked binary that none came in.

import ComplexSteps
import DifferentiationCore
import ForwardMode
import ReverseMode

struct Rosenbrock: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    let a = x[1] - x[0] * x[0]
    let b = 1 - x[0]
    return 100 * a * a + b * b
  }
}

let methods: [any Differentiator] = [
  DualDifferentiator(), BatchedDualDifferentiator(), TapeDifferentiator(), ComplexStepDifferentiator(),
]
for method in methods {
  print(method.name, try method.gradient(of: Rosenbrock(), at: [3, 5]).gradient)
}
