// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Things that are not in use, so that a second call finds its memory and two tasks never share one.
final class Pool<Element>: Sendable {
  /// An element is owned by the pool or by one call, never by both; that makes sending it safe.
  private struct Idle: @unchecked Sendable {
    var elements: [Element] = []
  }

  private let idle = Mutex(Idle())
  private let make: @Sendable () -> Element

  init(_ make: @escaping @Sendable () -> Element) { self.make = make }

  func with<Result>(_ body: (Element) throws -> Result) rethrows -> Result {
    let element = idle.withLock { Sent(element: $0.elements.popLast()) }.element ?? make()
    defer {
      let sent = Sent(element: element)
      idle.withLock { if let element = sent.element { $0.elements.append(element) } }
    }
    return try body(element)
  }

  private struct Sent: @unchecked Sendable {
    let element: Element?
  }
}

/// A program ready to run at one point after another.
public final class ProgramRunner: Sendable {
  /// The program.
  public let program: Program
  /// The instruction set that it runs on.
  public let instructionSet: InstructionSet
  private let code: FlatCode
  private let memories: Pool<MachineMemory>

  /// Compiles a program.
  ///
  /// - Parameters:
  ///   - program: the program.
  ///   - instructionSet: the machine's widest unless stated, and never more than that.
  public init(_ program: Program, instructionSet: InstructionSet = .best) {
    self.program = program
    self.instructionSet = Swift.min(instructionSet, .best)
    let code = FlatCode(program)
    self.code = code
    memories = Pool { code.makeMemory() }
  }

  /// The number of instructions.
  public var instructionCount: Int { code.instructionCount }

  /// The outputs at a point; nil where a guard does not hold.
  public func callAsFunction(parameters: [Double], data: [Double] = []) -> [Double]? {
    memories.with { memory in
      guard code.run(parameters: parameters, data: data, memory: memory, on: instructionSet) else { return nil }
      return code.outputs(memory)
    }
  }
}
