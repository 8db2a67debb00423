// SPDX-License-Identifier: Apache-2.0

// The arithmetic protocols of swift-numerics are part of every scalar's interface: who imports the scalars sees
// `exp`, `pow` and `/` without a second import.
@_exported import RealModule
