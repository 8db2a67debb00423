// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import Testing
import Training

@Suite("The check on every model with every loss that it takes")
struct AllModelsCheckTests {
  @Test("Twenty seeds each: all methods agree, no false alarm", arguments: Problems.all)
  func agreement(model: String, loss: String) throws {
    let methods = try Problems.methods()
    for seed in UInt64(0)..<20 {
      // A sum of rectified lines can be dead at all samples; the check then says so, and another draw is not dead.
      var (problem, report) = try Self.check(methods, model, loss, seed, draw: 0)
      if report.verdict == .vacuous {
        #expect(
          try methods[0].gradient(of: problem.objective.target, at: problem.parameters).gradient.allSatisfy { $0 == 0 })
        (problem, report) = try Self.check(methods, model, loss, seed, draw: 1)
      }
      #expect(report.verdict == .agree, "seed \(seed): \(report.summary)")
      #expect(report.components == problem.parameters.count)
      #expect(report.methods.allSatisfy { $0.participation == .compared && $0.blamed == 0 })
    }
  }

  private static func check(
    _ methods: [any Differentiator], _ model: String, _ loss: String, _ seed: UInt64, draw: UInt64
  ) throws -> (problem: (objective: Objective, parameters: [Double]), report: CheckReport) {
    let problem = try Problems.make(model: model, loss: loss, seed: seed, draw: draw)
    let check = ConsensusCheck(methods: methods, seed: seed)
    return (problem, try check.run(problem.objective.target, at: problem.parameters))
  }

  @Test("The command draws dead parameters again, and says so")
  func dead() throws {
    try Tool.use { tool in
      let run = try tool("check --model relu-sum --seed 14")
      #expect(run.exitCode == 0, "\(run.output)")
      #expect(run.output.contains("draw 2"))
      // What stays dead stays without a verdict.
      let lines = (1...2).map { "m\($0)=0,b\($0)=-1" }.joined(separator: ",")
      let zeros = try tool("check --model relu-sum --at \(lines)")
      #expect(zeros.exitCode == 1 && zeros.output.contains("nothing shown"), "\(zeros.output)")
    }
  }

  @Test("Twenty seeds each: wrong rules planted in one method are found, all that matter", arguments: Problems.all)
  func mutation(model: String, loss: String) throws {
    let methods = try Problems.methods()
    var killed = 0
    for seed in UInt64(0)..<20 {
      var (problem, base) = try Self.check(methods, model, loss, seed, draw: 0)
      if base.verdict == .vacuous { (problem, base) = try Self.check(methods, model, loss, seed, draw: 1) }
      let report = try ConsensusCheck(methods: methods, seed: seed).mutationRun(
        problem.objective.target, at: problem.parameters, places: 3)
      #expect(report.killed == report.planted - report.withinRule, "seed \(seed)")
      #expect(report.survivors.isEmpty, "seed \(seed): \(report.survivors)")
      killed += report.killed
    }
    // Three places may happen to change nothing beyond the rule; sixty do not.
    #expect(killed > 60)
  }

  @Test(
    "A gradient written by hand and wrong in one component: the report names it and the method",
    arguments: [
      ("line", "mean-squared"), ("quadratic", "mean-absolute"), ("two-neuron-chain", "huber"), ("neuron", "hinge"),
      ("mlp:hidden=4,activation=tanh", "binary-cross-entropy-logits"), ("mlp:hidden=3", "mean-squared"),
      ("mlp:hidden=4x3,activation=sigmoid,outputs=3", "softmax-cross-entropy"),
    ])
  func wrongComponent(model: String, loss: String) throws {
    let (objective, parameters) = try Problems.make(model: model, loss: loss, seed: 2)
    let tape = try Registry.standard.differentiators.make("tape")
    let exact = try tape.gradient(of: objective.target, at: parameters).gradient
    let check = ConsensusCheck(methods: try Problems.methods())
    let names = objective.model.parameters
    func handWritten(_ gradient: [Double]) -> TargetFunction {
      TargetFunction(objective, inputs: names, gradient: { _ in gradient })
    }
    #expect(try check.run(handWritten(exact), at: parameters).verdict == .agree)
    for index in exact.indices where exact[index] != 0 {
      for wrong in [-exact[index], exact[index] * 1.01, 0, .nan] {
        var gradient = exact
        gradient[index] = wrong
        let report = try check.run(handWritten(gradient), at: parameters)
        #expect(report.verdict == (wrong.isNaN ? .notFinite : .disagree), "\(report.summary)")
        let breaking = report.findings.filter(\.breaksAgreement)
        #expect(breaking.map(\.parameter) == [names.name(of: index)])
        #expect(breaking.allSatisfy { $0.blamed == ["hand-written"] })
        #expect(report.worst?.parameter == names.name(of: index))
        #expect(report.worst?.methods.contains("hand-written") == true)
      }
    }
  }
}
