// SPDX-License-Identifier: Apache-2.0

// One import for a user of the whole toolkit.
@_exported import CurveFitting
@_exported import Curves
@_exported import DifferentiationCore
@_exported import RandomStreams
@_exported import TabularData
@_exported import Training
