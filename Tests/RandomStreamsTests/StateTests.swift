// SPDX-License-Identifier: Apache-2.0

import Foundation
import RandomStreams
import Testing

@Suite struct StateTests {
  /// A generator written out in mid-stream, with a normal number waiting, continues as if nothing had happened.
  private func checkResumption<Source: RandomSource & Codable & Equatable>(_ start: Source) throws {
    var original = start
    _ = original.uniforms(777)
    _ = original.normals(3)
    let data = try JSONEncoder().encode(original)
    var restored = try JSONDecoder().decode(Source.self, from: data)
    #expect(restored == original)
    #expect(restored.normals(5) == original.normals(5))
    #expect(restored.uniforms(2000) == original.uniforms(2000))
    #expect(restored.permutation(50) == original.permutation(50))
  }

  @Test func generatorsResume() throws {
    try checkResumption(Xoshiro256(seed: .max))
    try checkResumption(NumPyRandom(seed: .max))
    try checkResumption(PythonRandom(seed: UInt64.max))
    try checkResumption(WorkloadGenerator(seed: .max))
  }

  @Test func seedsAndPurposesRoundTrip() throws {
    let streams = NamedStreams(seed: .max)
    let data = try JSONEncoder().encode(streams)
    #expect(try JSONDecoder().decode(NamedStreams.self, from: data) == streams)
    let purposes = try JSONEncoder().encode([StreamPurpose.split])
    #expect(String(decoding: purposes, as: UTF8.self) == #"["split"]"#)
  }

  /// Integers beyond 2⁵³ are rounded by many JSON readers; the words are text.
  @Test func wordsAreHexadecimalText() throws {
    let random = try #require(Xoshiro256(state: (1, .max, 0xabc, 0)))
    let text = String(decoding: try JSONEncoder().encode(random), as: UTF8.self)
    for word in [
      "\"0000000000000001\"", "\"ffffffffffffffff\"", "\"0000000000000abc\"", "\"0000000000000000\"",
    ] {
      #expect(text.contains(word))
    }
  }

  @Test(arguments: [
    #"{"algorithm":"mt19937","state":["1","2","3","4"]}"#,
    #"{"algorithm":"xoshiro256**","state":["0","0","0","0"]}"#,
    #"{"algorithm":"xoshiro256**","state":["1","2","3"]}"#,
    #"{"algorithm":"xoshiro256**","state":["1","2","3","4","5"]}"#,
    #"{"algorithm":"xoshiro256**","state":["1","2","3","4","x"]}"#,
    #"{"algorithm":"xoshiro256**","state":["1","2","3","11112222333344445"]}"#,
    #"{"state":["1","2","3","4"]}"#,
  ])
  func damagedDefaultStateIsRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Xoshiro256.self, from: Data(json.utf8))
    }
  }

  @Test func damagedTwisterStateIsRefused() throws {
    func json(_ algorithm: String, _ words: [UInt32], _ position: Int) -> Data {
      Data(#"{"algorithm":"\#(algorithm)","words":\#(words),"position":\#(position)}"#.utf8)
    }
    let words = Array(repeating: UInt32(1), count: 624)
    _ = try JSONDecoder().decode(MersenneTwister.self, from: json("mt19937", words, 624))
    let damaged = [
      json("xoshiro256**", words, 0), json("mt19937", words, 625), json("mt19937", words, -1),
      json("mt19937", Array(words.dropLast()), 0), json("mt19937", words + [1], 0), json("mt19937", [], 0),
      // Only bits outside the recurrence are set.
      json("mt19937", [0x7fff_ffff] + Array(repeating: 0, count: 623), 0),
    ]
    for data in damaged {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(MersenneTwister.self, from: data)
      }
    }
  }
}
