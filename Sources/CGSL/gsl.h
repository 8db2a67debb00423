// SPDX-License-Identifier: Apache-2.0
// The parts of the GNU Scientific Library that the project calls.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_deriv.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_version.h>
