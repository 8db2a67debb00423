// SPDX-License-Identifier: Apache-2.0

// Functions and scalars are half of every signature here.
@_exported import DifferentiableScalars
