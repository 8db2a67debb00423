// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: the call of the kernels with the addresses of two arrays of one length, a multiple of eight.

import CPanelKernels

/// An elementary function of the kernels on plain numbers, for measuring its error.
public enum VectorFunctions {
  /// The opcodes that have vector code.
  public static let opcodes: [String: Int32] = [
    "exp": Int32(PK_EXP.rawValue), "log": Int32(PK_LOG.rawValue), "log1p": Int32(PK_LOG1P.rawValue),
    "tanh": Int32(PK_TANH.rawValue), "sigmoid": Int32(PK_SIGMOID.rawValue), "softplus": Int32(PK_SOFTPLUS.rawValue),
    "sqrt": Int32(PK_SQRT.rawValue),
  ]

  /// The function of each number; nil for a name that has no vector code or a set that the machine does not have.
  public static func map(_ name: String, _ x: [Double], on set: InstructionSet) -> [Double]? {
    guard let operation = opcodes[name], set <= .best else { return nil }
    let padded = x + Array(repeating: 1, count: (8 - x.count % 8) % 8)
    var result = padded
    unsafe padded.withUnsafeBufferPointer { source in
      unsafe result.withUnsafeMutableBufferPointer { target in
        unsafe pk_map(set.rawValue, operation, source.baseAddress, target.baseAddress, UInt64(padded.count))
      }
    }
    return Array(result[..<x.count])
  }
}
