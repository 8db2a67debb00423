// SPDX-License-Identifier: Apache-2.0
//
// Provenance of the reference values: figures on which PyTorch, JAX, CasADi, ADOL-C, CoDiPack and hand-written code
// agree for the same inputs. The last derivative of gmm_d10_k25 was computed anew by the complex step in NumPy: the table
// that the others come from has two digits of it wrong.

import DifferentiableScalars
import DifferentiationCore
import RealModule

extension Workload {
  /// The names of all workloads.
  public static var names: [String] { makers.map(\.name) }

  /// A workload by name; nil for a name that there is none of.
  public static func named(_ name: String) -> Workload? { makers.first { $0.name == name }?.make() }

  /// Their inputs are made when a workload is asked for: some are large.
  private static let makers: [(name: String, make: @Sendable () -> Workload)] = {
    var makers: [(name: String, make: @Sendable () -> Workload)] = []
    for (d, k) in [(2, 5), (10, 5), (10, 25)] { makers.append(("gmm_d\(d)_k\(k)_n1000", { mixture(d, k) })) }
    makers.append(("moons", { moons }))
    for n in [10, 100, 1000, 10000] { makers.append(("rosen_\(n)", { rosenbrock(n) })) }
    makers.append(("lstm_l2_c1024_b14", { memory }))
    makers.append(("circle", { circle }))
    makers.append(("chain", { chain }))
    makers.append(("linear_fit", { line }))
    makers.append(("mlp_784-128-10_b64", { dense([784, 128, 10], batch: 64, 2.310788361) }))
    makers.append(("mlp_784-512-512-10_b128", { dense([784, 512, 512, 10], batch: 128, 2.303694729) }))
    makers.append(("ba", { bundleAdjustment }))
    makers.append(("hvp_rosen_100", { hessianVectorProduct }))
    makers.append(("hess_rosen_100", { hessian }))
    return makers
  }()

  private static func mixture(_ d: Int, _ k: Int) -> Workload {
    let references = [
      [2, 5]: WorkloadReference(
        value: -3465.587442444605, first: -82.639442326039, last: -21.5025049897681, norm: 561.464185736496),
      [10, 5]: WorkloadReference(
        value: -32800.66297933936, first: 150.963778373274, last: -212.30938122489, norm: 5770.94110628719),
      [10, 25]: WorkloadReference(
        value: -24365.18199522934, first: -4.66955350227148, last: 7.10176177282832, norm: 2276.34550657162),
    ]
    let (loss, x) = GaussianMixture.workload(dimension: d, components: k)
    return gradient(
      "gmm_d\(d)_k\(k)_n1000", "a mixture of \(k) Gaussians in \(d) dimensions, 1000 points", loss.erased, at: x,
      references[[d, k]] ?? WorkloadReference(), costLimit: 30)
  }

  private static var moons: Workload {
    let (loss, x) = Moons.workload()
    return gradient(
      "moons", "a 2-16-16-1 network on 100 points", loss.erased, at: x,
      WorkloadReference(
        value: 0.8762295456069233, first: 0.0279382416446815, last: 0.27, norm: 1.05481034288052))
  }

  private static func rosenbrock(_ n: Int) -> Workload {
    let references = [
      10: WorkloadReference(value: 2020.5119143392, first: -216.56, last: -87.7728, norm: 2039.49559029249),
      100: WorkloadReference(value: 20783.9907331729, first: -216.56, last: -91.5202, norm: 6240.9331168691),
      1000: WorkloadReference(value: 209433.181532336, first: -216.56, last: -82.7168, norm: 19732.149456383),
      10000: WorkloadReference(value: 2091002.953733567, first: -216.56, last: -97.0498, norm: 62283.4203253642),
    ]
    return gradient(
      "rosen_\(n)", "Rosenbrock's function of \(n) variables", Rosenbrock().erased, at: Rosenbrock.point(n),
      references[n] ?? WorkloadReference(), costLimit: 100)
  }

  private static var memory: Workload {
    let (loss, x) = LongShortTermMemory.workload()
    return gradient(
      "lstm_l2_c1024_b14", "an LSTM of 2 layers over 1024 characters", loss.erased, at: x,
      WorkloadReference(
        value: 1.372788090624679, first: -1.28349238353436e-06, last: -0.000980293497426176, norm: 0.0491828541538967),
      costLimit: 0)
  }

  private static var circle: Workload {
    let circle = CircleClassifier.workload()
    return descent(
      "circle", "6250 steps of gradient descent of a 2-8-1 network, batches of 32", CircleClassifier(),
      samples: circle.samples, from: circle.parameters, batch: circle.batch, rate: circle.rate, epochs: circle.epochs,
      reference: WorkloadReference(value: CircleClassifier.finalLoss, tolerance: 1e-9), isLossOfAll: true)
  }

  private static var chain: Workload {
    descent(
      "chain", "one epoch of 100 single updates of two neurons", LineFits.Chain(), samples: LineFits.samples(),
      from: LineFits.Chain.start, batch: 1, rate: 0.01, epochs: 1,
      reference: WorkloadReference(all: LineFits.Chain.end, tolerance: 1e-12), isLossOfAll: false)
  }

  private static var line: Workload {
    // The step from (0, 0) by hand: 2 rate times the means of x y and of y.
    let samples = LineFits.samples()
    let rows = (0..<samples.count).map { samples.row($0) }
    let end = [rows.reduce(0) { $0 + $1[0] * $1[1] }, rows.reduce(0) { $0 + $1[1] }].map { 0.002 * $0 }
    return descent(
      "linear_fit", "one step of a line through 100 points", LineFits.Line(), samples: samples, from: [0, 0],
      batch: 100, rate: 0.1, epochs: 1, reference: WorkloadReference(all: end, tolerance: 1e-12), isLossOfAll: false)
  }

  private static func dense(_ widths: [Int], batch: Int, _ value: Double) -> Workload {
    let (loss, x) = DenseNetwork.workload(widths: widths, batch: batch)
    let name = "mlp_\(widths.map(String.init).joined(separator: "-"))_b\(batch)"
    let f = loss.erased
    return Workload(
      name: name, summary: "a step of gradient descent of a dense network on a batch of \(batch)",
      inputCount: x.count, plain: { try f(x) },
      repetition: { method in
        guard method.traits.mode == .reverse else { return nil }
        let memory = GradientMemory()
        return {
          let value = try method.gradient(of: f, at: x, into: &memory.gradient)
          // The step's end has memory of its own: the next repetition starts where this one did.
          memory.step(from: x, rate: 0.01)
          return WorkloadResult(value: value, numbers: memory.gradient)
        }
      }, reference: WorkloadReference(value: value, tolerance: 1e-9))
  }

  /// One function of 17 numbers for all observations; the columns of what was seen are left out.
  private static var bundleAdjustment: Workload {
    let problem = BundleAdjustment()
    let target = TargetFunction(BundleAdjustment.SeenObservation())
    let points = (0..<BundleAdjustment.observationCount).map { i in
      problem.variables(i) + problem.features[(2 * i)..<(2 * i + 2)]
    }
    return Workload(
      name: "ba", summary: "the Jacobians of 31843 observations, bundle adjustment", inputCount: 15, plain: nil,
      repetition: { method in
        guard method.traits.mode != .differences else { return nil }
        return {
          var numbers: [Double] = []
          numbers.reserveCapacity(points.count * 31)
          for x in points {
            for row in try method.jacobian(of: target, at: x).rows { numbers += row[..<15] }
            numbers.append(-2 * x[14])
          }
          return WorkloadResult(value: 0, numbers: numbers)
        }
      },
      reference: WorkloadReference(first: 228.881445899288, last: -0.833989993409639, norm: 269732.335668942))
  }

  private static let direction = (0..<100).map { Double.sin(Double($0 + 1)) }
  private static let product = WorkloadReference(
    first: 1556.29235145868, last: -580.492725897727, norm: 12429.1170787713)

  private static var hessianVectorProduct: Workload {
    let x = Rosenbrock.point(100)
    let target = TargetFunction(Rosenbrock())
    return Workload(
      name: "hvp_rosen_100", summary: "Hessian times a vector, Rosenbrock's function of 100 variables",
      inputCount: 100, plain: { Rosenbrock()(x) },
      repetition: { method in
        guard method.traits.secondOrder, method.traits.mode != .differences else { return nil }
        return {
          let result = try method.hessianVectorProduct(of: target, at: x, along: direction)
          return WorkloadResult(value: result.value[0], numbers: result.gradient)
        }
      }, reference: product)
  }

  /// Compared by its product with the direction of the workload before; forming that takes no time of the repetition's.
  private static var hessian: Workload {
    let x = Rosenbrock.point(100)
    let target = TargetFunction(Rosenbrock())
    return Workload(
      name: "hess_rosen_100", summary: "the Hessian of Rosenbrock's function of 100 variables", inputCount: 100,
      plain: { Rosenbrock()(x) },
      repetition: { method in
        guard method.traits.secondOrder, method.traits.mode != .differences else { return nil }
        return {
          let result = try method.hessian(of: target, at: x)
          return WorkloadResult(value: result.value[0]) {
            result.rows.map { row in zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 } }
          }
        }
      }, reference: product)
  }
}
