// SPDX-License-Identifier: Apache-2.0
//
// A compiled peer as a process, with the protocol of ../worker.py. Plain C: the differences are measured in C.

#ifndef PEER_WORKER_H
#define PEER_WORKER_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// The doubles of a file, and how many there are. The caller owns them.
static double *read_doubles(const char *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "%s cannot be read\n", path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  *count = (size_t)ftell(file) / sizeof(double);
  rewind(file);
  double *values = (double *)malloc(*count * sizeof(double));
  if (fread(values, sizeof(double), *count, file) != *count) exit(2);
  fclose(file);
  return values;
}

/// Writes one line: the value (none if it is NaN), and what is compared of the numbers.
static void write_result(const char *version, double value, const double *numbers, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += numbers[i] * numbers[i];
  printf("{\"version\": \"%s\", \"value\": ", version);
  if (isnan(value)) {
    printf("null");
  } else {
    printf("%.17g", value);
  }
  printf(", \"first\": %.17g, \"last\": %.17g, \"norm\": %.17g, \"all\": null}\n", numbers[0], numbers[count - 1],
         sqrt(sum));
  fflush(stdout);
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double microseconds(long calls, void (*repetition)(void *), void *context) {
  double start = seconds_now();
  for (long i = 0; i < calls; i++) repetition(context);
  return (seconds_now() - start) / (double)calls * 1e6;
}

/// Answers "go <seconds>" until standard input ends: the shortest of eleven rounds.
static void serve(void (*repetition)(void *), void *context) {
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    double seconds = atof(line + 2);
    double once = fmax(0.01, microseconds(1, repetition, context));
    long calls = (long)fmax(1, fmin(seconds * 1e6 / 22 / once, 1e6));
    double best = HUGE_VAL;
    for (int round = 0; round < 11; round++) best = fmin(best, microseconds(calls, repetition, context));
    printf("{\"minimum\": %.17g, \"rounds\": 11}\n", best);
    fflush(stdout);
  }
}

#endif
