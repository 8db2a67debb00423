// SPDX-License-Identifier: Apache-2.0

/// Why there is no picture.
public enum PlotError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The program gnuplot is not to be found.
  case gnuplotMissing
  /// It ran and failed.
  case gnuplotFailed(exitCode: Int32, message: String)
  /// A file's name that says no format.
  case unknownFormat(path: String)
  /// No room for the script and the picture.
  case noTemporaryFiles(path: String, reason: String)

  /// One sentence with the way out.
  public var description: String {
    switch self {
    case .gnuplotMissing:
      "plots are drawn by gnuplot, and PATH has none; install it: apt-get install gnuplot-nox (Debian, Ubuntu), "
        + "dnf install gnuplot-minimal (Fedora), brew install gnuplot (macOS)"
    case .gnuplotFailed(let exitCode, let message):
      "gnuplot failed with exit code \(exitCode)" + (message.isEmpty ? "" : ": \(message)")
        + "; version 5.2 or later is needed, see: gnuplot --version"
    case .unknownFormat(let path): "'\(path)' is neither .svg nor .png; name the file plot.svg or plot.png"
    case .noTemporaryFiles(let path, let reason): "temporary files in '\(path)' cannot be used: \(reason)"
    }
  }
}
