// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Optimizers
import Testing

/// Laws and edges of the single stages.
@Suite("Gradient transforms")
struct TransformTests {
  @Test("clipping by value limits each component and keeps a NaN")
  func clipByValue() throws {
    let clipped = apply(try ClipByValue(limit: 0.5), [2, -3, 0.25, .infinity, .nan, -0.5])
    #expect(Array(clipped[0..<4]) == [0.5, -0.5, 0.25, 0.5])
    #expect(clipped[4].isNaN)
    #expect(clipped[5] == -0.5)
  }

  @Test("clipping by norm keeps the direction and never lengthens")
  func clipByNorm() throws {
    let transform = try ClipByNorm(limit: 1)
    #expect(apply(transform, [0.3, -0.4]) == [0.3, -0.4])
    #expect(apply(transform, [0, 0]) == [0, 0])
    let long = apply(transform, [30, -40])
    // The 1e-6 of PyTorch's rule shortens a vector of length 50 by a further 2e-8.
    #expect((long[0] - 0.6).magnitude <= 2e-8 && (long[1] + 0.8).magnitude <= 2e-8)
  }

  @Test("clipping by norm where the squares overflow")
  func clipHuge() throws {
    let huge = apply(try ClipByNorm(limit: 5), [3e200, -4e200])
    #expect((huge[0] - 3).magnitude <= 1e-15 * 8 && (huge[1] + 4).magnitude <= 1e-15 * 8)
    #expect(apply(try ClipByNorm(limit: 1e300), [3e200, -4e200]) == [3e200, -4e200])
  }

  @Test("clipping by norm does not hide what is not finite", arguments: [Double.nan, .infinity, -.infinity])
  func clipNotFinite(bad: Double) throws {
    #expect(apply(try ClipByNorm(limit: 1), [1, bad]).contains { $0.isNaN })
  }

  @Test("every optimizer lets a NaN through to its parameter and to no other, but for clipping by norm")
  func notANumber() throws {
    let catalog = optimizerCatalog()
    for name in catalog.names {
      let optimizer = try catalog.make("\(name):clip-value=1")
      var parameters = [1.0, 2.0]
      var state = optimizer.initialState(parameterCount: 2)
      try optimizer.step(&parameters, gradient: [0.5, .nan], state: &state)
      #expect(parameters[0].isFinite && parameters[1].isNaN, "\(name)")
    }
  }

  @Test("sign")
  func sign() {
    let signs = apply(SignOfGradient(), [3, -1e-300, 0, .nan, .infinity])
    #expect(Array(signs[0..<3]) == [1, -1, 0])
    #expect(signs[3].isNaN)
    #expect(signs[4] == 1)
  }

  @Test("momentum 1 is the sum of all gradients: what forgetting to zero them gives")
  func forgottenZeroing() throws {
    let gradients = [[1.5, -2.0], [0.25, 3.0], [-1.0, 0.125], [4.0, 1.0]]
    let optimizer = try optimizerCatalog().make("sgd:lr=0.5,momentum=1")
    let trace = try parameterTrace(optimizer, start: [1, 1], gradients: gradients)
    var sum = [0.0, 0.0]
    var parameters = [1.0, 1.0]
    for (step, gradient) in gradients.enumerated() {
      for i in 0..<2 {
        sum[i] += gradient[i]
        parameters[i] -= 0.5 * sum[i]
      }
      #expect(trace[step] == parameters)
    }
  }

  @Test("Adam's first step is the learning rate against the sign, whatever the scale of the gradient")
  func adamScale() throws {
    let optimizer = try optimizerCatalog().make("adam:lr=0.125,eps=0")
    for scale in [1e-100, 1, 1e100] {
      let trace = try parameterTrace(optimizer, start: [0, 0], gradients: [[3 * scale, -2 * scale]])
      // Some ten roundings, none of which can cancel.
      #expect((trace[0][0] + 0.125).magnitude <= 10 * 0.125.ulp)
      #expect((trace[0][1] - 0.125).magnitude <= 10 * 0.125.ulp)
    }
  }

  @Test("decoupled decay shrinks by 1 - lr·λ where the gradient is 0; coupled decay in Adam moves by lr")
  func decays() throws {
    let catalog = optimizerCatalog()
    let decoupled = try parameterTrace(
      try catalog.make("adamw:lr=0.5,weight-decay=0.5"), start: [4], gradients: [[0], [0]])
    #expect(decoupled == [[3], [2.25]])
    let coupled = try parameterTrace(
      try catalog.make("adam:lr=0.5,weight-decay=0.5,eps=0"), start: [4], gradients: [[0]])
    #expect((coupled[0][0] - 3.5).magnitude <= 10 * 0.5.ulp)
  }

  @Test("a centred mean square that rounding made negative counts as 0")
  func centredRounding() throws {
    let optimizer = try optimizerCatalog().make("rmsprop:centered=true,alpha=0.5,eps=1")
    let trace = try parameterTrace(optimizer, start: [1], gradients: Array(repeating: [0.1], count: 200))
    #expect(trace.allSatisfy { $0[0].isFinite })
    // In the end each step is lr·g/(√0 + 1), up to the root of a rounding error of g² (4e-10).
    #expect((trace[198][0] - trace[199][0] - 0.001).magnitude <= 1e-11)
  }

  @Test("step k uses the schedule's rate for k, counted from 0")
  func rates() throws {
    var optimizer = try optimizerCatalog().make("sgd:lr=2")
    optimizer.schedule = Halving()
    let trace = try parameterTrace(optimizer, start: [0], gradients: [[1], [1], [1]])
    #expect(trace == [[-2], [-3], [-3.5]])
    #expect((0..<3).map { optimizer.learningRate(at: $0) } == [2, 1, 0.5])
  }

  private func apply(_ transform: any GradientTransform, _ gradient: [Double]) -> [Double] {
    var update = gradient
    var state = transform.initialState(parameterCount: gradient.count)
    transform.transform(
      &update, state: &state, context: StepContext(step: 0, learningRate: 1, parameters: gradient))
    return update
  }
}

/// base / 2^step.
private struct Halving: Schedule {
  let specification = "halving"

  func learningRate(at step: Int, base: Double) -> Double { base / Double(1 << step) }
}
