// SPDX-License-Identifier: Apache-2.0
//
// What threads share. `@unchecked Sendable` holds because a block is taken by one thread only, which alone writes its
// sums and, for the first, the gradient; the caller reads them when all blocks are done. Of the caller's workspace others read the parameters alone, and
// only between taking a block and finishing it, while the caller waits and nobody writes them.

import DifferentiableScalars
import Synchronization

/// One call whose blocks are shared out.
final class PanelJob: @unchecked Sendable {
  private let call: PanelCall
  private let own: PanelWorkspace
  private let workspaces: PanelWorkspaces
  private let blocks: SharedCount
  /// Where the first block's matrices are added, if not in memory of its own.
  private let firstMatrices: SharedNumbers?

  init(_ call: PanelCall, _ own: PanelWorkspace, _ workspaces: PanelWorkspaces, firstMatrices: SharedNumbers?) {
    self.call = call
    self.firstMatrices = firstMatrices
    self.own = own
    self.workspaces = workspaces
    blocks = SharedCount(call.blocks)
    own.makeBlockSums(call.blocks)
  }

  /// Does blocks until all are taken; the caller's thread then waits until all are done.
  func work(isCaller: Bool) {
    var other: PanelWorkspace?
    while let block = blocks.take() {
      let workspace: PanelWorkspace
      if isCaller {
        workspace = own
      } else if let known = other {
        workspace = known
      } else {
        workspace = workspaces.take(lanes: own.code.lanes)
        workspace.start(like: own)
        other = workspace
      }
      if block == 0, let firstMatrices {
        workspace.run(call, block, matrices: firstMatrices)
      } else {
        workspace.run(call, block, matrices: own.matrixSums[block])
      }
      own.blockSums.copy(
        workspace.code.sums, of: workspace.memory, to: block * workspace.code.sums.count)
      blocks.finish()
    }
    if let other { workspaces.give(other) }
    if isCaller { blocks.waitForAll() }
  }
}

/// The sums of the blocks by matrices, added to a gradient: each thread takes a part of the gradient.
final class MatrixReduction: @unchecked Sendable {
  private let sums: ArraySlice<MachineMemory>
  private let gradient: SharedNumbers
  private let count: Int
  private let parts = SharedCount(8)

  init(_ sums: ArraySlice<MachineMemory>, _ count: Int, to gradient: SharedNumbers) {
    self.sums = sums
    self.count = count
    self.gradient = gradient
  }

  func work(isCaller: Bool) {
    while let part = parts.take() {
      let range = (part * count / 8)..<((part + 1) * count / 8)
      for block in sums { gradient.add(range, of: block) }
      parts.finish()
    }
    if isCaller { parts.waitForAll() }
  }
}

/// Workspaces that are not in use, so that a second call finds its memory and two tasks never share one.
///
/// A workspace is owned by the list or by one call, never by both; that makes keeping it here safe.
final class PanelWorkspaces: Sendable {
  private final class Entry {
    let code: PanelCode
    var idle: [PanelWorkspace] = []
    init(_ code: PanelCode) { self.code = code }
  }

  private struct State: @unchecked Sendable {
    var known: [Int: Entry] = [:]
    var last: Entry?
  }

  private struct Sent: @unchecked Sendable {
    let workspace: PanelWorkspace
  }

  private let body: PanelBody
  private let plan: PanelPlan
  private let set: InstructionSet
  private let state = Mutex(State())

  init(_ body: PanelBody, _ plan: PanelPlan, on set: InstructionSet) {
    self.body = body
    self.plan = plan
    self.set = set
  }

  /// A workspace for panels of so many samples.
  func take(lanes: Int) -> PanelWorkspace {
    state.withLock { state in
      let entry: Entry
      if let last = state.last, last.code.lanes == lanes {
        entry = last
      } else {
        entry = state.known[lanes] ?? Entry(PanelCode(body, lanes: lanes))
        state.known[lanes] = entry
        state.last = entry
      }
      return Sent(workspace: entry.idle.popLast() ?? PanelWorkspace(entry.code, plan, on: set))
    }.workspace
  }

  /// Keeps it for the next call.
  func give(_ workspace: PanelWorkspace) {
    let sent = Sent(workspace: workspace)
    state.withLock { state in
      if let last = state.last, last.code.lanes == sent.workspace.code.lanes {
        last.idle.append(sent.workspace)
      } else {
        state.known[sent.workspace.code.lanes]?.idle.append(sent.workspace)
      }
    }
  }
}
