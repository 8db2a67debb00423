// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore

/// What a command finds around it. Task-local, so that a third party's `difftool` brings its own registry without any
/// global being changed.
public enum DifftoolEnvironment {
  /// What the commands know by name.
  @TaskLocal public static var registry = Registry.standard

  /// The arguments as given, for the line that reproduces a report.
  @TaskLocal static var arguments: [String] = []

  /// Whether only ASCII may be written: known before the arguments are parsed, so that it holds for errors too.
  static var isASCII: Bool { arguments.contains("--ascii") || expanded.contains("--ascii") }

  /// The arguments with those of a configuration file.
  @TaskLocal static var expanded: [String] = []

  /// When the tool was started.
  @TaskLocal static var started = ContinuousClock.now
}

/// The tool's version.
public let difftoolVersion = "0.1.0"
