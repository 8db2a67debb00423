// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import Synchronization

/// A tape with its adjoints, kept from call to call.
struct Workspace {
  let tape = Tape()
  var adjoints = Adjoints()
}

/// Workspaces that are not in use, so that a second call finds its memory and two tasks never share a tape.
///
/// A nested call (a function that itself differentiates) simply takes another workspace.
final class WorkspacePool: Sendable {
  /// A workspace is owned by the pool or by one call, never by both; that makes sending it safe.
  private struct Idle: @unchecked Sendable {
    var workspaces: [Workspace] = []
  }

  private let idle = Mutex(Idle())

  func withWorkspace<Result>(_ body: (inout Workspace) throws -> Result) rethrows -> Result {
    var workspace = take().workspace
    defer { give(Sent(workspace: workspace)) }
    return try body(&workspace)
  }

  private struct Sent: @unchecked Sendable {
    let workspace: Workspace
  }

  private func take() -> Sent {
    idle.withLock { Sent(workspace: $0.workspaces.popLast() ?? Workspace()) }
  }

  private func give(_ sent: Sent) {
    idle.withLock { $0.workspaces.append(sent.workspace) }
  }
}
