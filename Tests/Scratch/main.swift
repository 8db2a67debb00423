import DifferentiableScalars
import DifferentiationCore
import Programs
import ReverseMode
import Workloads

func time(_ name: String, _ n: Int, _ body: () -> Void) {
  var best = Double.infinity
  let clock = ContinuousClock()
  for _ in 0..<15 {
    let s = clock.now
    for _ in 0..<n { body() }
    best = min(best, (clock.now - s) / .microseconds(1) / Double(n))
  }
  print(name, best, "us")
}
let tape = TapeDifferentiator()
do {
  for n in [100, 1000, 10000] {
    let x = Rosenbrock.point(n)
    let p = try Program.recording(parameters: x) { p, _ in [Rosenbrock()(p)] }
    let o = try p.optimized()
    if n == 100 { print(p.size, o.size) }
    let g = try o.pullback().optimized()
    let r = ProgramRunner(g)
    if n == 100 {
      print(g.size, r.instructionCount)
      print(
        try Program.recording(parameters: Rosenbrock.point(6)) { p, _ in [Rosenbrock()(p)] }.optimized().pullback()
          .optimized())
    }
    let out = r(parameters: x, data: [1])!
    print("rosen", n, out[0], out[1], out[n], out[1...].reduce(0) { $0 + $1 * $1 }.squareRoot())
    for set in InstructionSet.available {
      let q = ProgramRunner(g, instructionSet: set)
      time("rosen \(n) \(set)", 200000 / n) { _ = q(parameters: x, data: [1]) }
    }
    var grad: [Double] = []
    let f = Rosenbrock().erased
    time("tape", 20000 / n) { _ = try! tape.gradient(of: f, at: x, into: &grad) }
  }
  func panel(_ name: String, _ w: (loss: SampleSum, parameters: [Double]), _ n: Int) throws {
    let s = w.loss.samples
    let clock = ContinuousClock()
    let start = clock.now
    let p = try Program.recording(parameters: w.parameters, data: s.row(0)) { p, d in
      [try w.loss.term(parameters: p[...], sample: d[...])]
    }
    let r = try PanelRunner(p)
    var g = w.parameters.map { _ in 0.0 }
    let v = r(parameters: w.parameters, samples: s, weight: w.loss.weight, adding: &g)!
    print(name, "compiled in", clock.now - start, "rows", r.rowCount)
    let whole = tape
    var tg: [Double] = []
    let tv = try whole.gradient(of: w.loss.erased, at: w.parameters, into: &tg)
    var rg: [Double] = []
    let rv = try whole.gradient(of: w.loss.remainder!, at: w.parameters, into: &rg)
    let worst = zip(zip(g, rg), tg).map { abs($0.0.0 + $0.0.1 - $0.1) / max(1, abs($0.1)) }.max()!
    print("  value", tv, "difference", v + rv - tv, worst)
    for set in InstructionSet.available {
      let q = try PanelRunner(p, instructionSet: set)
      time("  \(name) \(set)", n) { _ = q(parameters: w.parameters, samples: s, weight: w.loss.weight, adding: &g) }
    }
    let q = try PanelRunner(p, threads: 2)
    time("  \(name) 2 threads", n) { _ = q(parameters: w.parameters, samples: s, weight: w.loss.weight, adding: &g) }
    time("  \(name) tape", max(1, n / 20)) { _ = try! whole.gradient(of: w.loss.erased, at: w.parameters, into: &tg) }
  }
  try panel("moons", Moons.workload(), 500)
  try panel("gmm 2 5", GaussianMixture.workload(dimension: 2, components: 5), 100)
  try panel("gmm 10 5", GaussianMixture.workload(dimension: 10, components: 5), 30)
  try panel("gmm 10 25", GaussianMixture.workload(dimension: 10, components: 25), 10)
}
do {
  let w = GaussianMixture.workload(dimension: 3, components: 2)
  let s = w.loss.samples
  let p = try Program.recording(parameters: w.parameters, data: s.row(0)) { p, d in
    [try w.loss.term(parameters: p[...], sample: d[...])]
  }
  let (h, b) = try p.optimized().hoistingParameterPart()
  print(h)
  print(b)
  let (h2, b2) = try b.pullback().optimized().hoistingParameterPart()
  print(h2)
  print(b2)
}
