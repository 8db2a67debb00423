// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiationCore
import ExtensionExamples
import ForwardMode
import RealModule
import ReverseMode
import Testing

/// The examples of docs/extending.md do what the page says: found by name, and right.
struct ExtensionExampleTests {
  let registry = Registry().withExamples()

  /// log cosh of the wave's error at one sample, a function of the wave's three parameters.
  struct Misfit: ScalarField {
    let model: AnyModel
    let loss: AnyLoss
    func callAsFunction<S: DifferentiableScalar>(_ parameters: [S]) throws -> S {
      let outputs = try model(parameters: parameters[...], input: [0.7])
      return try loss(prediction: outputs[...], target: [0.25])
    }
  }

  @Test func everyExampleIsFoundByItsName() throws {
    #expect(try registry.differentiators.make("five-point:step=0.01").name == "five-point:step=0.01")
    #expect(try registry.optimizers.make("lion:lr=0.01").learningRate == 0.01)
    #expect(try registry.schedules.make("inverse-square-root").specification == "inverse-square-root")
    #expect(try registry.losses.make("log-cosh").specification == "log-cosh")
    #expect(try registry.models.make("wave").parameters.names == ["amplitude", "frequency", "phase"])
    #expect(throws: DifferentiationError.self) { try registry.models.make("weave") }
  }

  @Test func theOriginalRegistryStaysAsItIs() {
    #expect(Registry().models.names == [])
  }

  @Test(
    arguments: [
      DualDifferentiator(), TapeDifferentiator(), ComplexStepDifferentiator(),
    ] as [any Differentiator])
  func modelAndLossHaveTheirDerivative(method: any Differentiator) throws {
    let f = Misfit(model: try registry.models.make("wave"), loss: try registry.losses.make("log-cosh"))
    let (a, w, p) = (2.0, 3.0, 0.5)
    let angle = w * 0.7 + p
    let error = a * Double.sin(angle) - 0.25
    let slope = Double.tanh(error)
    let gradient = [slope * .sin(angle), slope * a * 0.7 * .cos(angle), slope * a * .cos(angle)]
    let result = try method.gradient(of: f, at: [a, w, p])
    // log cosh 0.8: three terms below 3 and a handful of operations, each half an ulp.
    #expect((result.value[0] - .log(.cosh(error))).magnitude <= 8 * Double.ulpOfOne)
    for (found, exact) in zip(result.gradient, gradient) {
      #expect((found - exact).magnitude <= 16 * Double.ulpOfOne)
    }
  }

  @Test func theLossDoesNotOverflow() throws {
    let loss = try registry.losses.make("log-cosh")
    for error in [1000.0, -1000] {
      // |d| - log 2, to an ulp of 1000 in each of three operations.
      let value = try loss(prediction: [error], target: [0])
      #expect((value - (1000 - 0.6931471805599453)).magnitude <= 3 * 1000.ulp)
    }
  }

  @Test(arguments: [(0.3, 1.0), (-2, 1), (5, 0.2)])
  func fivePointDifferencesKeepTheirErrorEstimate(x: Double, y: Double) throws {
    let method = try registry.differentiators.make("five-point")
    let f: @Sendable ([Double]) -> Double = { .sin($0[0]) * .exp($0[1]) }
    let black = TargetFunction.blackBox(f)
    let gradient = try method.jacobian(of: black, at: [x, y])
    let hessian = try method.hessian(of: black, at: [x, y])
    let exact = [Double.cos(x) * .exp(y), .sin(x) * .exp(y)]
    let second = [[-exact[1], exact[0]], [exact[0], exact[1]]]
    for i in 0..<2 {
      #expect((gradient.gradient[i] - exact[i]).magnitude <= (try #require(gradient.errors)[0][i]))
      for j in 0..<2 {
        #expect((hessian.rows[i][j] - second[i][j]).magnitude <= (try #require(hessian.errors)[i][j]))
        // The estimate has to be worth something, too.
        #expect((try #require(hessian.errors)[i][j]) <= 1e-4 * .exp(y))
      }
    }
  }

  @Test func theOptimizerMovesByTheSign() throws {
    let optimizer = try registry.optimizers.make("lion:lr=0.5,beta1=0.5,beta2=0.75")
    var parameters = [1.0, 1, 1]
    var state = optimizer.initialState(parameterCount: 3)
    // By hand: m after step 1 is g/4 = (1, -2, 0); with g = (-0.5, 0, 0) the signs are of (0.25, -1, 0).
    try optimizer.step(&parameters, gradient: [4, -8, 0], state: &state)
    #expect(parameters == [0.5, 1.5, 1])
    try optimizer.step(&parameters, gradient: [-0.5, 0, 0], state: &state)
    #expect(parameters == [0, 2, 1])
    try optimizer.step(&parameters, gradient: [-2, 0, .nan], state: &state)
    #expect(parameters[0] == 0.5)
    #expect(parameters[2].isNaN, "a gradient that is not a number is not hidden")
  }

  @Test func theScheduleIsAFunctionOfTheStep() throws {
    let schedule = try registry.schedules.make("inverse-square-root:period=4")
    #expect([0, 12, 32].map { schedule.learningRate(at: $0, base: 6) } == [6, 3, 2])
  }
}
