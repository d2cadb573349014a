// OpenCL's built-in functions as far as lattice.cl calls them, for clang's PTX, which has no library of them. Only the instructions are looked at, so
// functions that no inner loop calls are stood in for by cheap ones. Included before the kernels.

#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#define BUILT_IN static __attribute__((overloadable, always_inline))
#define VECTORS(type)                                         \
    typedef type type##2 __attribute__((ext_vector_type(2))); \
    typedef type type##4 __attribute__((ext_vector_type(4))); \
    typedef type type##8 __attribute__((ext_vector_type(8))); \
    typedef type type##16 __attribute__((ext_vector_type(16)));

VECTORS(int)
VECTORS(float)
VECTORS(double)

#define BY_HALVES_1(name, type)                                                                             \
    BUILT_IN type##2 name(type##2 a) { return (type##2)(name(a.x), name(a.y)); }                            \
    BUILT_IN type##4 name(type##4 a) { return (type##4)(name(a.lo), name(a.hi)); }                          \
    BUILT_IN type##8 name(type##8 a) { return (type##8)(name(a.lo), name(a.hi)); }                          \
    BUILT_IN type##16 name(type##16 a) { return (type##16)(name(a.lo), name(a.hi)); }
#define BY_HALVES_3(name, type)                                                                             \
    BUILT_IN type##2 name(type##2 a, type##2 b, type##2 c) { return (type##2)(name(a.x, b.x, c.x), name(a.y, b.y, c.y)); } \
    BUILT_IN type##4 name(type##4 a, type##4 b, type##4 c) { return (type##4)(name(a.lo, b.lo, c.lo), name(a.hi, b.hi, c.hi)); } \
    BUILT_IN type##8 name(type##8 a, type##8 b, type##8 c) { return (type##8)(name(a.lo, b.lo, c.lo), name(a.hi, b.hi, c.hi)); } \
    BUILT_IN type##16 name(type##16 a, type##16 b, type##16 c) { return (type##16)(name(a.lo, b.lo, c.lo), name(a.hi, b.hi, c.hi)); }
#define OF_BOTH(name, ofFloat, ofDouble)                        \
    BUILT_IN float name(float a) { return ofFloat(a); }         \
    BUILT_IN double name(double a) { return ofDouble(a); }      \
    BY_HALVES_1(name, float)                                    \
    BY_HALVES_1(name, double)

BUILT_IN double standIn(double a) { return a; }
BUILT_IN float standIn(float a) { return a; }

OF_BOTH(rint, __builtin_rintf, __builtin_rint)
OF_BOTH(sqrt, __builtin_sqrtf, __builtin_sqrt)
OF_BOTH(rsqrt, __nvvm_rsqrt_approx_ftz_f, __nvvm_rsqrt_approx_d)
OF_BOTH(fabs, __builtin_fabsf, __builtin_fabs)
OF_BOTH(native_cos, __nvvm_cos_approx_ftz_f, standIn)
OF_BOTH(exp2, __nvvm_ex2_approx_ftz_f, standIn)
OF_BOTH(exp, standIn, standIn)
OF_BOTH(expm1, standIn, standIn)

BUILT_IN float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
BUILT_IN double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
BY_HALVES_3(fma, float)
BY_HALVES_3(fma, double)

BUILT_IN float clamp(float a, float least, float most) { return __builtin_fminf(__builtin_fmaxf(a, least), most); }
BUILT_IN double clamp(double a, double least, double most) { return __builtin_fmin(__builtin_fmax(a, least), most); }
BY_HALVES_3(clamp, float)
BY_HALVES_3(clamp, double)

BUILT_IN int min(int a, int b) { return a < b ? a : b; }

#define CONVERSION(count)                                                                                       \
    BUILT_IN int##count convert_int##count(float##count a) { return __builtin_convertvector(a, int##count); }   \
    BUILT_IN int##count convert_int##count(double##count a) { return __builtin_convertvector(a, int##count); }
CONVERSION(2)
CONVERSION(4)
CONVERSION(8)
CONVERSION(16)

#define MEMORY(type, count)                                                                                     \
    BUILT_IN type##count vload##count(int offset, const type *from)                                             \
    {                                                                                                           \
        type##count vector;                                                                                     \
        _Pragma("unroll") for (int i = 0; i < count; i++) vector[i] = from[count * offset + i];                 \
        return vector;                                                                                          \
    }                                                                                                           \
    BUILT_IN void vstore##count(type##count vector, int offset, type *to)                                       \
    {                                                                                                           \
        _Pragma("unroll") for (int i = 0; i < count; i++) to[count * offset + i] = vector[i];                   \
    }
#define MEMORIES(type) MEMORY(type, 2) MEMORY(type, 4) MEMORY(type, 8) MEMORY(type, 16)
MEMORIES(int)
MEMORIES(float)
MEMORIES(double)

BUILT_IN int get_local_id(int dimension) { return __nvvm_read_ptx_sreg_tid_x(); }
BUILT_IN int get_group_id(int dimension) { return __nvvm_read_ptx_sreg_ctaid_x(); }
BUILT_IN int get_global_id(int dimension) { return __nvvm_read_ptx_sreg_ctaid_x() * __nvvm_read_ptx_sreg_ntid_x() + __nvvm_read_ptx_sreg_tid_x(); }
BUILT_IN void barrier(int fence) { __nvvm_bar_sync(0); }
