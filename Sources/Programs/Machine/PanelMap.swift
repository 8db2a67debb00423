// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

extension Program {
  /// The program of the outputs and, row by row, of their derivatives by all parameters.
  public func jacobianProgram() throws -> Program {
    let recorder = Recorder()
    let whole = expandingLayers()
    let parameters = recordedParameters.enumerated().map { recorder.parameter($0, value: $1) }
    let data = recordedData.enumerated().map { recorder.data($0, value: $1) }
    let values = whole.evaluate(parameters: parameters, data: data)
    whole.copyGuards(values)
    var results = outputs.indices.map { values[Int(whole.outputs[$0])] }
    for row in outputs.indices {
      results += whole.adjoints(seeds: outputs.indices.map { Traced($0 == row ? 1.0 : 0.0) }, values: values)
    }
    return try Program(recorder, outputs: results, parameters: recordedParameters, data: recordedData).optimized()
  }
}

/// A program of one sample replayed over panels of samples, with all its outputs for every sample.
public final class PanelMap: Sendable {
  /// The program: a sample is its parameters, then its data.
  public let program: Program
  private let workspaces: Pool<Workspace>
  private let code: PanelCode
  private let instructionSet: InstructionSet

  private final class Workspace {
    let memory: MachineMemory
    init(_ code: PanelCode) { memory = code.makeMemory() }
  }

  /// Compiles a program; nil for one that decides by comparisons.
  public init?(_ program: Program, instructionSet: InstructionSet = .best) {
    guard program.guards.isEmpty else { return nil }
    self.program = program
    self.instructionSet = Swift.min(instructionSet, .best)
    var sample = program.expandingLayers().droppingDetachment()
    for (node, operation) in sample.operations.enumerated() {
      if operation.opcode == .parameter { sample.operations[node].opcode = .data }
      if operation.opcode == .data { sample.operations[node].payload += Int32(program.parameterCount) }
    }
    sample.recordedData = program.recordedParameters + program.recordedData + [1]
    sample.dataCount = sample.recordedData.count
    sample.parameterCount = 0
    sample.recordedParameters = []
    let body = PanelBody(
      program: sample, numberCount: 0, weights: [], scalarOutputs: 0, derivatives: [], keepsOutputs: true)
    let rows = Swift.max(1, PanelCode.rowCount(body))
    let code = PanelCode(body, lanes: Swift.max(8, Swift.min(128, PanelRunner.panelBytes / (8 * rows) / 8 * 8)))
    self.code = code
    workspaces = Pool { Workspace(code) }
  }

  /// Appends the outputs for every sample, sample after sample.
  public func callAsFunction(_ samples: SampleRows, into results: inout [Double]) {
    precondition(samples.width == program.parameterCount + program.dataCount)
    guard let result = code.result else { return }
    let width = program.outputs.count
    workspaces.with { workspace in
      let memory = workspace.memory
      if !code.prologue.instructions.isEmpty { memory.run(code.prologue, on: instructionSet) }
      results.reserveCapacity(results.count + samples.count * width)
      for start in stride(from: 0, to: samples.count, by: code.lanes) {
        let count = Swift.min(code.lanes, samples.count - start)
        memory.load(code, samples, nil, start, count, weight: 1)
        memory.run(code.code, on: instructionSet)
        for lane in 0..<count {
          memory.append((result.place + lane * result.row)..<(result.place + lane * result.row + width), to: &results)
        }
      }
    }
  }
}
