// SPDX-License-Identifier: Apache-2.0
//
// The reverse sweep. Unsafe: it reads nodes and writes adjoints through pointers. The invariants are those of
// `TapeStorage.swift`; the adjoints are an array of as many numbers as there are nodes.
//
// Two loops. The plain one multiplies and adds. The careful one has 0 · ∞ = 0, which costs three more instructions an
// operation. A product that would have needed the care makes an adjoint infinite or NaN, and that goes down to a leaf,
// since every operation has a parent and plain products let nothing vanish: where the plain sweep leaves all leaves
// finite, it has computed what the careful one would have, and else the careful one does it again.

extension Tape {
  /// As ``adjoints(of:)``, into memory that the caller keeps from sweep to sweep.
  public func sweep(_ outputs: [(variable: Variable, seed: Double)], into adjoints: inout Adjoints) {
    let last = seed(outputs, into: &adjoints)
    let leaves = unsafe handle.header.pointee.leadingLeaves
    guard last >= leaves else { return }
    if unsafe !handle.header.pointee.hasLaterLeaves {
      let isFinite = unsafe adjoints.values.withUnsafeMutableBufferPointer { buffer in
        guard let adjoint = buffer.baseAddress else { return true }
        unsafe plainSweep(adjoint, from: last)
        var isFinite = true
        for i in 0..<leaves { isFinite = unsafe isFinite && adjoint[i].isFinite }
        return isFinite
      }
      if isFinite { return }
      _ = seed(outputs, into: &adjoints)
    }
    unsafe adjoints.values.withUnsafeMutableBufferPointer { buffer in
      guard let adjoint = buffer.baseAddress else { return }
      unsafe carefulSweep(adjoint, from: last)
    }
  }

  /// Clears the adjoints and adds the seeds; the largest index among the outputs, -1 where there is none.
  private func seed(_ outputs: [(variable: Variable, seed: Double)], into adjoints: inout Adjoints) -> Int {
    adjoints.clear(count: unsafe handle.header.pointee.count)
    adjoints.tape = handle
    adjoints.generation = handle.generation
    var last = -1
    for (variable, seed) in outputs where variable.isRecorded {
      guard let owner = variable.tape, owner == handle, variable.generation == handle.generation else {
        let foreign = variable.tape.map { $0 != handle && $0.generation == variable.generation } ?? false
        handle.report(foreign ? .variablesOfTwoTapes : .variableOutlivedTape, of: handle.generation)
        continue
      }
      adjoints.values[Int(variable.index)] += seed
      last = Swift.max(last, Int(variable.index))
    }
    return last
  }

  /// The chain rule from a node down to the leading leaves.
  ///
  /// Eight operations a round: as eight places of the program, each with its own history of which earlier results it
  /// waits for, they take a sixth less time than as one.
  @unsafe
  private func plainSweep(_ adjoint: UnsafeMutablePointer<Double>, from last: Int) {
    let nodes = unsafe handle.header.pointee.nodes
    unsafe forEachRange(from: last) { range, isStatement in
      var node = unsafe UnsafePointer(nodes + range.upperBound)
      let end = unsafe UnsafePointer(nodes + range.lowerBound)
      var own = unsafe adjoint + range.upperBound
      func pass(_ a: Double, by k: Int) {
        let operation = unsafe node - k
        unsafe adjoint[Int(operation.pointee.first)] += operation.pointee.firstPartial * a
        unsafe adjoint[Int(operation.pointee.second)] += operation.pointee.secondPartial * a
      }
      if isStatement {
        let a = unsafe own.pointee
        if a == 0 { return }
        while unsafe node >= end {
          pass(a, by: 0)
          unsafe node -= 1
        }
        return
      }
      while unsafe node - 7 >= end {
        for k in 0..<8 { unsafe pass(own[-k], by: k) }
        unsafe node -= 8
        unsafe own -= 8
      }
      while unsafe node >= end {
        unsafe pass(own.pointee, by: 0)
        unsafe node -= 1
        unsafe own -= 1
      }
    }
  }

  /// The same with 0 · ∞ = 0.
  @unsafe
  private func carefulSweep(_ adjoint: UnsafeMutablePointer<Double>, from last: Int) {
    let nodes = unsafe handle.header.pointee.nodes
    unsafe forEachRange(from: last) { range, isStatement in
      let shared = unsafe adjoint[range.upperBound]
      for index in range.reversed() {
        let a = unsafe isStatement ? shared : adjoint[index]
        if a == 0 { continue }
        let node = unsafe nodes[index]
        unsafe adjoint[Int(node.first)] += Double.chainProduct(node.firstPartial, a)
        unsafe adjoint[Int(node.second)] += Double.chainProduct(node.secondPartial, a)
      }
    }
  }

  /// The nodes from one down to the leading leaves, in ranges from above: those of one statement, or single operations.
  @unsafe @inline(__always)
  private func forEachRange(from last: Int, _ body: (_ range: ClosedRange<Int>, _ isStatement: Bool) -> Void) {
    let statements = unsafe handle.header.pointee.statements
    let leaves = unsafe handle.header.pointee.leadingLeaves
    var top = last
    for statement in statements.reversed() where Int(statement.last) <= last {
      if Int(statement.last) < top { body(Int(statement.last) + 1...top, false) }
      body(Int(statement.first)...Int(statement.last), true)
      top = Int(statement.first) - 1
    }
    if top >= leaves { body(leaves...top, false) }
  }
}
