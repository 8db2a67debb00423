// SPDX-License-Identifier: Apache-2.0
//
// Provenance of the reference values: figures on which PyTorch, JAX, CasADi, ADOL-C, CoDiPack and hand-written code
// agree for the same inputs. The last derivative of gmm_d10_k25 was computed anew by the complex step in NumPy: the table
// that the others come from has two digits of it wrong.

import DifferentiableScalars
import DifferentiationCore

extension Workload {
  /// Every workload.
  public static func all() -> [Workload] { mixtures + [moons] + rosenbrocks + [memory] + descents + dense + second }

  private static var mixtures: [Workload] {
    let references = [
      (
        2, 5,
        WorkloadReference(
          value: -3465.587442444605, first: -82.639442326039, last: -21.5025049897681, norm: 561.464185736496)
      ),
      (
        10, 5,
        WorkloadReference(
          value: -32800.66297933936, first: 150.963778373274, last: -212.30938122489, norm: 5770.94110628719)
      ),
      (
        10, 25,
        WorkloadReference(
          value: -24365.18199522934, first: -4.66955350227148, last: 7.10176177282832, norm: 2276.34550657162)
      ),
    ]
    return references.map { d, k, reference in
      let (loss, x) = GaussianMixture.workload(dimension: d, components: k)
      return gradient(
        "gmm_d\(d)_k\(k)_n1000", "a mixture of \(k) Gaussians in \(d) dimensions, 1000 points", loss.erased, at: x,
        reference, costLimit: 30)
    }
  }

  private static var moons: Workload {
    let (loss, x) = Moons.workload()
    return gradient(
      "moons", "a 2-16-16-1 network on 100 points", loss.erased, at: x,
      WorkloadReference(
        value: 0.8762295456069233, first: 0.0279382416446815, last: 0.27, norm: 1.05481034288052))
  }

  private static var rosenbrocks: [Workload] {
    let references = [
      (10, WorkloadReference(value: 2020.5119143392, first: -216.56, last: -87.7728, norm: 2039.49559029249)),
      (100, WorkloadReference(value: 20783.9907331729, first: -216.56, last: -91.5202, norm: 6240.9331168691)),
      (1000, WorkloadReference(value: 209433.181532336, first: -216.56, last: -82.7168, norm: 19732.149456383)),
      (10000, WorkloadReference(value: 2091002.953733567, first: -216.56, last: -97.0498, norm: 62283.4203253642)),
    ]
    return references.map { n, reference in
      gradient(
        "rosen_\(n)", "Rosenbrock's function of \(n) variables", Rosenbrock().erased, at: Rosenbrock.point(n),
        reference,
        costLimit: 100)
    }
  }

  private static var memory: Workload {
    let (loss, x) = LongShortTermMemory.workload()
    return gradient(
      "lstm_l2_c1024_b14", "an LSTM of 2 layers over 1024 characters", loss.erased, at: x,
      WorkloadReference(
        value: 1.372788090624679, first: -1.28349238353436e-06, last: -0.000980293497426176, norm: 0.0491828541538967),
      costLimit: 0)
  }

  private static var descents: [Workload] {
    let circle = CircleClassifier.workload()
    return [
      descent(
        "circle", "6250 steps of gradient descent of a 2-8-1 network, batches of 32", CircleClassifier(),
        samples: circle.samples, from: circle.parameters, batch: circle.batch, rate: circle.rate, epochs: circle.epochs,
        reference: WorkloadReference(value: CircleClassifier.finalLoss, tolerance: 1e-9), isLossOfAll: true),
      descent(
        "chain", "one epoch of 100 single updates of two neurons", LineFits.Chain(), samples: LineFits.samples(),
        from: LineFits.Chain.start, batch: 1, rate: 0.01, epochs: 1,
        reference: WorkloadReference(all: LineFits.Chain.end, tolerance: 1e-12), isLossOfAll: false),
      descent(
        "linear_fit", "one step of a line through 100 points", LineFits.Line(), samples: LineFits.samples(),
        from: [0, 0], batch: 100, rate: 0.1, epochs: 1, reference: WorkloadReference(), isLossOfAll: false),
    ]
  }

  private static var dense: [Workload] {
    [([784, 128, 10], 64, 2.310788361), ([784, 512, 512, 10], 128, 2.303694729)].map { widths, batch, value in
      let (loss, x) = DenseNetwork.workload(widths: widths, batch: batch)
      let name = "mlp_\(widths.map(String.init).joined(separator: "-"))_b\(batch)"
      return gradient(
        name, "a dense network on a batch of \(batch)", loss.erased, at: x,
        WorkloadReference(value: value, tolerance: 1e-9), costLimit: 0)
    }
  }

  private static var second: [Workload] {
    let x = Rosenbrock.point(100)
    let target = TargetFunction(Rosenbrock())
    let direction = x.indices.map { Double.sin(Double($0 + 1)) }
    return [
      Workload(
        name: "hvp_rosen_100", summary: "Hessian times a vector, Rosenbrock's function of 100 variables",
        inputCount: 100, plain: { Rosenbrock()(x) },
        repetition: { method in
          guard method.traits.secondOrder, method.traits.mode != .differences else { return nil }
          return {
            let result = try method.hessianVectorProduct(of: target, at: x, along: direction)
            return WorkloadResult(value: result.value[0], numbers: result.gradient)
          }
        },
        reference: WorkloadReference(
          first: 1556.29235145868, last: -580.492725897727, norm: 12429.1170787713)),
      Workload(
        name: "hess_rosen_100", summary: "the Hessian of Rosenbrock's function of 100 variables", inputCount: 100,
        plain: { Rosenbrock()(x) },
        repetition: { method in
          guard method.traits.secondOrder, method.traits.mode != .differences else { return nil }
          return {
            let result = try method.hessian(of: target, at: x)
            let product = result.rows.map { row in zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 } }
            return WorkloadResult(value: result.value[0], numbers: product)
          }
        },
        // The Hessian times the vector of the workload before.
        reference: WorkloadReference(
          first: 1556.29235145868, last: -580.492725897727, norm: 12429.1170787713)),
    ]
  }
}
