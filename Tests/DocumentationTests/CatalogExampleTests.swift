// SPDX-License-Identifier: Apache-2.0

import CertifiedProblems
import CompiledReverse
import ComplexSteps
import Differentiation
import DifferentiationCore
import Explanations
import FiniteDifferences
import Formulas
import ForwardMode
import Plotting
import Programs
import RandomStreams
import RealModule
import ReverseMode
import TabularData
import Testing
import Training
import Workloads

/// The examples of the modules' catalogs, `NAME.docc`: quoted there, compiled and run here.
struct CatalogExampleTests {
  // begin: function
  struct Rosenbrock: ScalarField {
    func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
      let a = x[1] - x[0] * x[0]
      let b = 1 - x[0]
      return 100 * a * a + b * b
    }
  }
  // end: function

  @Test func scalars() {
    // begin: scalars
    let tape = Tape()
    let x = tape.variables([2, 1.5])
    let y = x[0] * x[1] + Variable.exp(x[0])
    let adjoints = tape.adjoints(of: y)
    let gradient = x.map { adjoints[$0] }  // [1.5 + e², 2]
    // end: scalars
    #expect(gradient == [1.5 + .exp(2), 2])
  }

  @Test func consensus() throws {
    // begin: consensus
    let mine = TargetFunction(Rosenbrock(), inputs: ParameterLayout(names: ["x", "y"])) { x in
      let a = x[1] - x[0] * x[0]
      return [-400 * a * x[0] - 2 * (1 - x[0]), -200 * a]  // the second one has a wrong sign
    }
    let check = ConsensusCheck(methods: [TapeDifferentiator(), ComplexStepDifferentiator()])
    let report = try check.run(mine, at: [3, 5])
    // end: consensus
    #expect(report.verdict == .disagree)
    #expect(report.findings.map(\.parameter) == ["y"])
  }

  @Test func methods() throws {
    // begin: dual
    let slope = try DualDifferentiator().gradient(of: Rosenbrock(), at: [3, 5]).gradient  // [4804, -800]
    // end: dual
    // begin: tape
    let result = try TapeDifferentiator().gradient(of: Rosenbrock(), at: [3, 5])
    let (value, gradient) = (result.value[0], result.gradient)  // 1604, [4804, -800]
    // end: tape
    // begin: compiled
    let compiled = CompiledDifferentiator()
    for x in stride(from: -1.0, through: 1, by: 0.25) {
      _ = try compiled.gradient(of: Rosenbrock(), at: [x, 2 * x])  // recorded at first, then replayed
    }
    // end: compiled
    // begin: complex
    let steps = try ComplexStepDifferentiator().gradient(of: Rosenbrock(), at: [3, 5]).gradient
    // end: complex
    // begin: differences
    let black = TargetFunction.blackBox { x in .sin(x[0]) * x[1] }
    let estimate = try FiniteDifference().jacobian(of: black, at: [1, 2])
    let (partials, errors) = (estimate.gradient, estimate.errors)  // each with its own error estimate
    // end: differences
    #expect(slope == [4804, -800])
    #expect(value == 1604 && gradient == [4804, -800])
    #expect(zip(steps, gradient).allSatisfy { ($0 - $1).magnitude <= 16 * $1.magnitude.ulp })
    for (i, exact) in [2 * Double.cos(1), .sin(1)].enumerated() {
      #expect((partials[i] - exact).magnitude <= (try #require(errors)[0][i]))
    }
  }

  @Test func programs() throws {
    // begin: programs
    let program = try Program.recording(parameters: [3, 5]) { x, _ in [Rosenbrock()(x)] }
    let runner = ProgramRunner(program)
    let there = runner(parameters: [1, 1])  // [0], without the Swift code that was recorded
    let backwards = try program.pullback()  // a program again: it can be run, printed and differentiated
    // end: programs
    #expect(there == [0])
    #expect(backwards.size > program.size)
  }

  @Test func explanations() throws {
    // begin: explanations
    let neuron = try Formula("tanh(w*x + b)")
    let field = try neuron.field(of: ["w", "x", "b"])
    let program = try Program.recording(parameters: [-3, 2, 6.88]) { x, _ in [try field(x)] }
    let explanation = try Explanation(program, names: ["w", "x", "b"])
    let lines = explanation.nodes.map { "\($0.name) = \($0.expression): \($0.value), ∂f/∂\($0.name) = \($0.adjoint)" }
    // end: explanations
    #expect(lines.count == explanation.nodes.count)
    #expect(explanation.inputs.count == 3)
  }

  @Test func formulas() throws {
    // begin: formulas
    let formula = try Formula("x*sin(y)/hypot(x, y)")
    let partials = try DualDifferentiator().gradient(of: formula.field(), at: [1, 2]).gradient
    // end: formulas
    #expect(formula.variables == ["x", "y"])
    #expect(partials.count == 2)
  }

  @Test func fits() throws {
    // begin: fits
    let decay = try Registry.standard.curves.make("exponential-decay")
    let x = Array(stride(from: 0.0, through: 9, by: 1))
    let y = x.map { 2 * .exp(-0.5 * $0) + 1 }
    let fit = try CurveFit(decay, CurveData(x: x, y: y)).run()
    let rate = fit["b"]?.value  // 0.5; `fit.digits` says how much of it is good
    // end: fits
    #expect(fit.status == .converged)
    #expect((try #require(rate) - 0.5).magnitude < 1e-9)
  }

  @Test func certified() throws {
    // begin: certified
    let problem = CertifiedProblem.nonlinear[0]
    let (predictors, response) = problem.columns
    let fit = try CurveFit(
      problem.curve, CurveData(x: predictors[0], y: response),
      start: Dictionary(uniqueKeysWithValues: zip(problem.curve.parameters, problem.starts[0]))
    ).run()
    let digits = problem.digits(of: fit.values)  // how many digits agree with NIST's
    // end: certified
    #expect(digits >= 9)
  }

  @Test func training() throws {
    // begin: training
    let known = Registry.standard
    let model = try known.models.make("line")
    let loss = try known.losses.make("mean-squared")
    let samples = try known.dataSets.make("document-004-y3x").generate(streams: NamedStreams(seed: 0))
    let trainer = try Trainer(
      model: model, loss: loss, differentiator: known.differentiators.make("tape"),
      optimizer: known.optimizers.make("sgd:lr=0.05"), configuration: TrainingConfiguration(epochs: 20),
      data: PreparedData(samples, model: model, loss: loss))
    let result = try trainer.run(from: trainer.initialState(with: known.initializers.make("zeros")))
    // end: training
    #expect(result.history.count == 20)
  }

  @Test func tables() throws {
    // begin: tables
    let table = try Table(csv: "height,weight\n1.5,50\n1.8,75\n", source: "people.csv")
    let people = try DataSet(table, selection: ColumnSelection(targets: ["weight"]))
    let heights = try table.numbers(in: "height")  // [1.5, 1.8]
    // end: tables
    #expect(heights == [1.5, 1.8])
    #expect(people.count == 2)
  }

  @Test func streams() {
    // begin: streams
    let streams = NamedStreams(seed: 42)
    var weights = streams.generator(for: .initialization)
    var order = streams.generator(for: .shuffle, index: 17)
    // end: streams
    #expect(weights.next() != order.next())
  }

  @Test func plots() {
    // begin: plots
    let parabola = stride(from: -2.0, through: 2, by: 0.1).map { PlotPoint($0, $0 * $0) }
    let plot = Plot(
      title: "A parabola",
      panels: [PlotPanel(x: PlotAxis("x"), y: PlotAxis("y"), series: [PlotSeries("x²", .line(parabola))])])
    let script = GnuplotScript(plot, as: .svg).text
    // end: plots
    #expect(script.contains("A parabola"))
  }

  @Test func registry() throws {
    // begin: registry
    let known = Registry.standard
    let optimizer = try known.optimizers.make("adam:lr=0.001")
    let schedule = try known.schedules.make("cosine:total=100")
    let model = try known.models.make("mlp:inputs=2,hidden=8")
    // end: registry
    #expect(optimizer.learningRate == 0.001)
    #expect(schedule.learningRate(at: 100, base: 1) == 0)
    #expect(model.parameters.count == 33)
  }

  @Test func workloads() {
    // begin: workloads
    let workload = Workload.named("rosen_10")
    // end: workloads
    #expect(workload != nil)
  }
}
