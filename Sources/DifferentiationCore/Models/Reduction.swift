// SPDX-License-Identifier: Apache-2.0

/// How the losses of the samples of a batch become one number.
public enum Reduction: String, Sendable, Codable, CaseIterable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
}
