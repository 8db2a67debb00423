// SPDX-License-Identifier: Apache-2.0
//
// The machine under a compiled program: one loop over instructions, each an operation on whole rows of numbers.
//
// Why C: the same source is compiled for three instruction sets and the machine's widest is taken at run time, which
// needs a target attribute on functions; Swift has none, and package-wide flags would make the package unusable as a
// dependency. No derivative is computed here: a slope is a program made from the rule table, like everything else.

#ifndef C_PANEL_KERNELS_H
#define C_PANEL_KERNELS_H

#include <stdint.h>

/// Operations. A row is `w` numbers; an instruction makes `n` rows, the e-th from the operands' e-th rows.
enum pk_operation {
  PK_ADD, PK_SUBTRACT, PK_MULTIPLY, PK_DIVIDE, PK_CHAIN_PRODUCT, PK_MIN, PK_MAX, PK_POWER, PK_ATAN2, PK_HYPOT,
  PK_LEAKY_RELU,
  PK_NEGATE, PK_COPY, PK_EXP, PK_EXPM1, PK_LOG, PK_LOG1P, PK_SIN, PK_COS, PK_TAN, PK_SINH, PK_COSH, PK_TANH, PK_ASIN,
  PK_ACOS, PK_ATAN, PK_ASINH, PK_ACOSH, PK_ATANH, PK_SQRT, PK_INTEGER_POWER, PK_INTEGER_ROOT, PK_ERF, PK_ABS, PK_RELU,
  PK_SIGMOID, PK_SOFTPLUS,
  /// d = a < b ? c : the row after; four lists of rows.
  PK_SELECT,
  /// Row e = the number at a[e], in every place.
  PK_BROADCAST,
  /// Number i of the row = the number at a[i]; n is their count.
  PK_GATHER,
  /// Sums of numbers, rows and products; `a` has for each e the four counts (numbers, rows, number-row products, row-row
  /// products) and then their places.
  PK_ACCUMULATE,
  /// log Σ exp over rows; `a` has for each e the count and the rows.
  PK_LOGSUMEXP,
  /// The number at dest + e grows by the sum of row a[e].
  PK_REDUCE_SUM,
  /// The number at dest + e grows by the product of rows a[e] and b[e].
  PK_REDUCE_DOT,
  /// As before, four at a time that share their first row: a[e / 4], b[e].
  PK_REDUCE_DOT4,
  /// The number at dest = the sum of the n numbers from a[0] on.
  PK_SUM,
  /// The number at dest = the dot product of the n numbers from a[0] and b[0] on, plus what is there.
  PK_DOT,
  /// Row dest is 1 wherever the comparison `mode` of a and b does not give `payload`, else as it was.
  PK_GUARD,
  /// C += A B, C of n rows and w columns from dest on; `a` lists the number of terms, the place of A and the distances of
  /// its rows and of its columns, the place of B and the distance of its rows, the distance of C's rows.
  PK_MATMUL,
  /// The transpose of n rows of w numbers: `a` lists their place and distance, and the distance of the result's rows.
  PK_TRANSPOSE,
  PK_OPERATION_COUNT
};

/// Which operand of a binary operation is a number for the whole row.
enum pk_mode { PK_ROW_ROW, PK_NUMBER_ROW, PK_ROW_NUMBER };

/// Where the matrices of PK_MATMUL are: A among the weights, C among the sums; else in the memory.
enum pk_matmul_mode { PK_MATMUL_MEMORY = 0, PK_MATMUL_WEIGHTS = 1, PK_MATMUL_SUMS = 2 };

/// One instruction; `dest` and the places in the lists count numbers from the start of the memory.
struct pk_instruction {
  uint16_t operation;
  uint16_t mode;
  int32_t payload;
  uint32_t n;
  uint32_t w;
  uint32_t dest;
  /// Where the lists of places begin in the list of all places.
  uint32_t a, b, c, d;
};

/// Instruction sets, from the narrowest.
enum pk_level { PK_BASELINE, PK_AVX2, PK_AVX512 };

/// The widest instruction set that this machine has.
int pk_best_level(void);

/// Runs instructions on memory. `level` must not be above pk_best_level(). Rows of `w` numbers, w a multiple of 8.
/// `weights` and `sums` are the caller's: parameters that matrix products read, and sums over samples that they add to.
void pk_run(
    int level, const struct pk_instruction *code, uint64_t count, const uint32_t *places, double *memory,
    const double *weights, double *sums);

/// One operation on single numbers: memory[d] = memory[a] ∘ memory[b], or + memory[c] for PK_MULTIPLY_ADD.
struct pk_step {
  uint16_t operation;
  uint16_t d, a, b, c;
};

/// The largest number of parameters of a descent.
enum { PK_DESCENT_LIMIT = 8 };

/// Operations of steps besides PK_ADD, PK_SUBTRACT, PK_MULTIPLY, PK_DIVIDE and PK_NEGATE.
enum pk_step_operation { PK_MULTIPLY_ADD = PK_OPERATION_COUNT };

/// A descent sample by sample: a program's value and gradient on single numbers.
struct pk_descent {
  const struct pk_step *code;
  uint32_t count;
  /// Parameters are the first numbers of the memory, the sample's data follow.
  uint32_t parameters, data;
  /// The place of the value, and those of the derivatives by each parameter.
  uint32_t value;
  const uint16_t *slopes;
};

/// Makes `steps` updates θ ← θ - rate · gradient, with the samples' rows in turns from the `first`-th on. Ends before a
/// step whose value or gradient is not finite. Gives the number of steps made; the last one's value is in `value`.
uint64_t pk_descend(
    int level, const struct pk_descent *descent, double *memory, const double *samples, uint64_t sample_count,
    double rate, uint64_t first, uint64_t steps, double *value);

/// One elementary function on n numbers, for tests of its error; n a multiple of 8.
void pk_map(int level, int operation, const double *x, double *result, uint64_t n);

/// One round of waiting for another thread: a short pause, and after many rounds the processor for somebody else.
void pk_wait(uint32_t round);

#endif
