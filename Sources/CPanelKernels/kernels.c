// SPDX-License-Identifier: Apache-2.0

#include "CPanelKernels.h"
#include <math.h>
#include <sched.h>
#include <string.h>

// The vector functions are inlined: none is called across an ABI.
#pragma clang diagnostic ignored "-Wpsabi"

// Terms of a matrix product that are added up in registers at a time: two rows of tiles fit the first cache.
#define MATMUL_DEPTH 256

// The same source for each instruction set.
#define LEVEL(name) name##_baseline
#define MATMUL_ROWS 2
#define MATMUL_VECTORS 1
#include "machine.inc"
#include "descent.inc"
#undef LEVEL
#undef MATMUL_ROWS
#undef MATMUL_VECTORS

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LEVEL(name) name##_avx2
#define MATMUL_ROWS 4
#define MATMUL_VECTORS 1
#include "machine.inc"
#include "descent.inc"
#undef LEVEL
#undef MATMUL_ROWS
#undef MATMUL_VECTORS
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
#define LEVEL(name) name##_avx512
#define MATMUL_ROWS 8
#define MATMUL_VECTORS 2
#include "machine.inc"
#undef LEVEL
#undef MATMUL_ROWS
#undef MATMUL_VECTORS
#pragma clang attribute pop

int pk_best_level(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("fma"))
    return PK_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return PK_AVX2;
  return PK_BASELINE;
}

void pk_run(
    int level, const struct pk_instruction *code, uint64_t count, const uint32_t *places, double *memory,
    const double *weights, double *sums) {
  switch (level) {
    case PK_AVX512: run_avx512(code, count, places, memory, weights, sums); break;
    case PK_AVX2: run_avx2(code, count, places, memory, weights, sums); break;
    default: run_baseline(code, count, places, memory, weights, sums);
  }
}

uint64_t pk_descend(
    int level, const struct pk_descent *descent, double *memory, const double *samples, uint64_t sample_count,
    double rate, uint64_t first, uint64_t steps, double *value) {
  // Nothing is wider than one number: AVX2 has what there is to gain.
  if (level >= PK_AVX2) return descend_avx2(descent, memory, samples, sample_count, rate, first, steps, value);
  return descend_baseline(descent, memory, samples, sample_count, rate, first, steps, value);
}

void pk_map(int level, int operation, const double *x, double *result, uint64_t n) {
  switch (level) {
    case PK_AVX512: map_avx512(operation, x, result, n); break;
    case PK_AVX2: map_avx2(operation, x, result, n); break;
    default: map_baseline(operation, x, result, n);
  }
}
#else
int pk_best_level(void) { return PK_BASELINE; }
void pk_run(
    int level, const struct pk_instruction *code, uint64_t count, const uint32_t *places, double *memory,
    const double *weights, double *sums) {
  run_baseline(code, count, places, memory, weights, sums);
}
uint64_t pk_descend(
    int level, const struct pk_descent *descent, double *memory, const double *samples, uint64_t sample_count,
    double rate, uint64_t first, uint64_t steps, double *value) {
  return descend_baseline(descent, memory, samples, sample_count, rate, first, steps, value);
}
void pk_map(int level, int operation, const double *x, double *result, uint64_t n) {
  map_baseline(operation, x, result, n);
}
#endif

void pk_wait(uint32_t round) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
  if (round % 1024 == 1023) sched_yield();
}
