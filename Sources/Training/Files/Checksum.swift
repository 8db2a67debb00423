// SPDX-License-Identifier: Apache-2.0

/// The hash FNV-1a in 64 bits: it finds accidents, not attacks, and is the same on every machine.
struct Checksum: Sendable {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Adds a byte.
  mutating func combine(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// Adds eight bytes, the least significant first.
  mutating func combine(_ word: UInt64) {
    for shift in stride(from: 0, to: UInt64(64), by: 8) { combine(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  /// Sixteen hexadecimal digits.
  static func text(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The hash of bytes, as sixteen hexadecimal digits.
  static func text(of bytes: some Sequence<UInt8>) -> String {
    var hash = Checksum()
    for byte in bytes { hash.combine(byte) }
    return text(hash.value)
  }
}
