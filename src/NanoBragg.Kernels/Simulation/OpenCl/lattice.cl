// Draws tiles of a picture: a work-group is a tile, a work-item draws LANES pixels of it side by side (docs/decisions/0012-opencl.md).
//
// Defined by the host (ProgramVariant.cs):
//   IN_DOUBLE                     the element is double instead of float
//   LANES, ITEMS                  pixels of a work-item, a power of two from 2 to 16; work-items of a group
//   TILE_WIDTH, TILE_HEIGHT       pixels of a tile: LANES * ITEMS of them
//   BATCH                         evaluations that a group holds at once
//   HAS_GRID                      reflections differ
//   ELLIPSOID, GAUSSIAN, or CELLS_A, CELLS_B, CELLS_C for a block of few cells, or nothing for a block of any number
//   HARDWARE_COSINE               with CELLS_A: the device's own cosine
//   SINGLE_STEP                   a pixel has one step: one evaluation, one sub-pixel, one layer
//   ALONG_COLUMNS                 with SINGLE_STEP: a work-item draws a tile's column, LANES is TILE_HEIGHT; the sensor has no thickness (StepForms.cs)

// Numbers kept as pairs, and rounding by a shift, count on each operation being rounded by itself.
#pragma OPENCL FP_CONTRACT OFF

#define JOIN_AGAIN(a, b) a##b
#define JOIN(a, b) JOIN_AGAIN(a, b)

#ifdef IN_DOUBLE
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define R(number) number
#define ELEMENT double
#define SHIFT 6755399441055744.0
#define TINY 1e-30
#else
#define R(number) JOIN(number, f)
#define ELEMENT float
#define SHIFT 12582912.0f
#define TINY 1e-10f
#endif

typedef ELEMENT real;
typedef JOIN(ELEMENT, 2) real2;
typedef JOIN(ELEMENT, 4) real4;
typedef JOIN(ELEMENT, LANES) lanes;

// What a work-item looks at: its pixels, or the middle of its column.
#ifdef ALONG_COLUMNS
typedef real view;
#else
typedef lanes view;
#endif
#define VLOAD JOIN(vload, LANES)
#define VSTORE JOIN(vstore, LANES)

// Unrolled on a GPU, where what a loop indexes would leave the registers; PoCL would only compile longer.
#if LANES <= 4 || defined(ALONG_COLUMNS)
#define EACH_LANE _Pragma("unroll") for (int lane = 0; lane < LANES; lane++)
#else
#define EACH_LANE for (int lane = 0; lane < LANES; lane++)
#endif

#ifdef HAS_GRID
#define ROWS 4
#define SQUARES squares,
#define TO_INDICES JOIN(convert_int, LANES)
typedef JOIN(int, LANES) indices;
#else
#define ROWS 3
#define SQUARES
#endif

// What all tiles share; PictureFigures.cs.
typedef struct {
    real4 fastStep;  // fast axis times the edge of a sub-pixel, m
    real4 slowStep;
    real4 incident;  // direction of the first source; w: constant part of the polarisation
    real4 fieldE;    // w: its part with the squared cosine
    real4 fieldB;    // w: its part with the field
    real4 normal;    // w: what a layer of the sensor absorbs along its normal
    real4 scale;     // x: of a point pixel, y: of a pixel with an area, z: distance that both refer to, m; w: not 0 where the sensor has a thickness
    real4 lattice;   // cells along a, b, c as the lattice factor needs them; w: amplitude at the middle
    real4 mixed;     // Gaussian spots: coefficients of hk, hl and kl
    real4 firstIndex; // of the padded box of reflections
    real4 lastIndex;  // the highest place along each axis
} Picture;

typedef struct {
    int tileColumns;
    int firstTile;
    int tiles; // of a layer
    int firstFast;
    int endFast;
    int endRow;    // counted from the first row that is drawn, as rows are in the image
    int pitch;     // pixels of the image's row
    int oversample;
    int layers;
    int evaluations;
    int goesOn;    // sums start with those that are carried
    int isToGoOn;  // sums are carried, not stored
} Launch;

// The nearest whole number.
static lanes nearest(lanes value)
{
    return (value + (lanes)SHIFT) - (lanes)SHIFT;
}

// A value less its nearest whole number.
static lanes fraction(lanes value)
{
    return value - nearest(value);
}

// sin(pi r) for -1/2 <= r <= 1/2, with the relative accuracy of the element.
static lanes sineOfHalfTurns(lanes r)
{
    const lanes u = r * r;
#ifdef IN_DOUBLE
    lanes p = fma((lanes)-0.000021133627352052970404, u, (lanes)0.00046598701580433779334);
    p = fma(p, u, (lanes)-0.0073703643265304156755);
    p = fma(p, u, (lanes)0.082145878816310426917);
#else
    lanes p = fma((lanes)-0.0070283038552030959896f, u, (lanes)0.082050350201472475149f);
#endif
    p = fma(p, u, (lanes)R(-0.59926452882522400508));
    p = fma(p, u, (lanes)R(2.5501640398618676297));
    p = fma(p, u, (lanes)R(-5.1677127800497858227));
    return r * fma(p, u, (lanes)R(3.1415926535897928787));
}

// 2 cos(pi r) for -1/2 <= r <= 1/2; Chebyshev fits in r squared, within 2e-12 and 4e-10.
static lanes twiceCosineOfHalfTurns(lanes r)
{
    const lanes u = r * r;
#ifdef IN_DOUBLE
    lanes p = fma((lanes)0.0036799788745388083288, u, (lanes)-0.051552632854631718153);
    p = fma(p, u, (lanes)0.47065087317542240613);
    p = fma(p, u, (lanes)-2.6705246305231399066);
    p = fma(p, u, (lanes)8.1174242150748752444);
    p = fma(p, u, (lanes)-9.8696044004996990406);
    return fma(p, u, (lanes)1.9999999999984959254);
#else
    lanes p = fma((lanes)-0.048791864195100888947f, u, (lanes)0.46987413719017302004f);
    p = fma(p, u, (lanes)-2.6704238987811006769f);
    p = fma(p, u, (lanes)8.1174183095262685076f);
    p = fma(p, u, (lanes)-9.8696042738578912742f);
    return fma(p, u, (lanes)2.0f);
#endif
}

// Each form of lattice() gives two numbers whose product is the square of the lattice factor: a multiply-add more is saved where it is summed.
#if defined(ELLIPSOID)

// 3 (sin x / x - cos x) / x^2 but for its sign, from x/pi. Sine and cosine change their signs together from one half turn to the next, which the square forgets.
static lanes sphere(lanes turns)
{
    const lanes r = fraction(turns), x = turns * R(3.1415926535897928787), u = x * x;
    const lanes far = R(3.0) * (sineOfHalfTurns(r) / x - R(0.5) * twiceCosineOfHalfTurns(r)) / u;

    // Near the middle, where the difference cancels, its series: (-1)^k 3 (2k + 2)/(2k + 3)!.
#ifdef IN_DOUBLE
    lanes p = fma((lanes)(-1.0 / 851515702861824000.0), u, (lanes)(1.0 / 2252687044608000.0));
    p = fma(p, u, (lanes)(-1.0 / 7410154752000.0));
    p = fma(p, u, (lanes)(1.0 / 31135104000.0));
    p = fma(p, u, (lanes)(-1.0 / 172972800.0));
    p = fma(p, u, (lanes)(1.0 / 1330560.0));
#else
    lanes p = fma((lanes)(-1.0f / 172972800.0f), u, (lanes)(1.0f / 1330560.0f));
#endif
    p = fma(p, u, (lanes)(R(-1.0) / R(15120.0)));
    p = fma(p, u, (lanes)(R(1.0) / R(280.0)));
    p = fma(p, u, (lanes)R(-0.1));
    p = fma(p, u, (lanes)R(1.0));
    return u < (lanes)R(2.0) ? p : far;
}

static lanes lattice(const Picture *picture, lanes h, lanes k, lanes l, lanes *other)
{
    const lanes a = picture->lattice.x * fraction(h), b = picture->lattice.y * fraction(k), c = picture->lattice.z * fraction(l);
    const lanes f = picture->lattice.w * sphere(sqrt(fma(a, a, fma(b, b, c * c))));
    *other = f;
    return f;
}

#elif defined(GAUSSIAN)

static lanes lattice(const Picture *picture, lanes h, lanes k, lanes l, lanes *other)
{
    const lanes a = fraction(h), b = fraction(k), c = fraction(l);
    const lanes alongA = fma(a, (lanes)picture->lattice.x, fma(b, (lanes)picture->mixed.x, c * picture->mixed.y));
    const lanes alongB = fma(b, (lanes)picture->lattice.y, c * picture->mixed.z);
    const lanes f = picture->lattice.w * exp2(fma(a, alongA, fma(b, alongB, c * c * picture->lattice.z)));
    *other = f;
    return f;
}

#elif defined(CELLS_A)

#ifdef HARDWARE_COSINE

// Of one axis, sin(N pi h) / sin(pi h) up to its sign, over 2^((N - 1) / 2) and, for an even N, without its factor sqrt(1 + t): a polynomial in t = cos(2 pi h)
// whose highest coefficient is 1. N is known when this is compiled.
static lanes root(lanes t, const int cells)
{
    const lanes u = t * t;
    switch (cells) {
    case 3: return t + R(0.5);
    case 4: return t;
    case 5: return fma(t, t + R(0.5), (lanes)R(-0.25));
    case 6: return fma(t, t, (lanes)R(-0.25));
    case 7: return fma(t, fma(t, t + R(0.5), (lanes)R(-0.5)), (lanes)R(-0.125));
    case 8: return t * fma(t, t, (lanes)R(-0.5));
    case 9: return fma(t, fma(t, fma(t, t + R(0.5), (lanes)R(-0.75)), (lanes)R(-0.25)), (lanes)R(0.0625));
    case 10: return fma(u, u - R(0.75), (lanes)R(0.0625));
    case 11: return fma(t, fma(t, fma(t, fma(t, t + R(0.5), (lanes)R(-1.0)), (lanes)R(-0.375)), (lanes)R(0.1875)), (lanes)R(0.03125));
    case 12: return t * fma(u, u - R(1.0), (lanes)R(0.1875));
    default: return (lanes)R(1.0);
    }
}

// Indices come times 2 pi, and the host puts the powers of two right.
static lanes lattice(const Picture *picture, lanes h, lanes k, lanes l, lanes *other)
{
    lanes f = (lanes)R(1.0), even = (lanes)R(1.0);
#define TAKE(index, cells)               \
    if (cells > 1) {                     \
        const lanes t = native_cos(index); \
        f *= root(t, cells);             \
        if (cells % 2 == 0) {            \
            even = fma(even, t, even);   \
        }                                \
    }
    TAKE(h, CELLS_A)
    TAKE(k, CELLS_B)
    TAKE(l, CELLS_C)
#undef TAKE
    *other = f * even;
    return f;
}

#else

// Of one axis, sin(N pi h) / sin(pi h) up to its sign and, for an even N, without its factor 2 cos(pi h), from x = 2 cos(2 pi h): the Chebyshev polynomial
// U(N - 1) in cos(pi h), split by parity. Both halves obey F(k + 1) = x F(k) - F(k - 1), and N is known when this is compiled.
static lanes root(lanes x, const int cells)
{
    if (cells <= 2) {
        return (lanes)R(1.0);
    }

    lanes before = (lanes)R(1.0), f = cells % 2 == 1 ? x + (lanes)R(1.0) : x;
#pragma unroll
    for (int order = 5; order <= cells; order += 2) {
        const lanes next = fma(x, f, -before);
        before = f;
        f = next;
    }

    return f;
}

static lanes amplitude(lanes index, const int cells)
{
    if (cells == 1) {
        return (lanes)R(1.0);
    }

    const lanes c = twiceCosineOfHalfTurns(fraction(index));
    const lanes f = root(fma(c, c, (lanes)R(-2.0)), cells);
    return cells % 2 == 1 ? f : c * f;
}

static lanes lattice(const Picture *picture, lanes h, lanes k, lanes l, lanes *other)
{
    const lanes f = amplitude(h, CELLS_A) * amplitude(k, CELLS_B) * amplitude(l, CELLS_C);
    *other = f;
    return f;
}

#endif
#else

// A fraction that is not 0: sin(N pi r) / sin(pi r) is N there to the last bit.
static lanes nonzeroFraction(lanes index)
{
    const lanes r = fraction(index);
    return fabs(r) < (lanes)TINY ? (lanes)TINY : r;
}

// N r less its nearest whole number, rounded once, so that its sine keeps its relative accuracy.
static lanes reducedProduct(real n, lanes r)
{
    return fma((lanes)n, r, (lanes)SHIFT - fma((lanes)n, r, (lanes)SHIFT));
}

static lanes lattice(const Picture *picture, lanes h, lanes k, lanes l, lanes *other)
{
    const lanes a = nonzeroFraction(h), b = nonzeroFraction(k), c = nonzeroFraction(l);
    const lanes rows = sineOfHalfTurns(reducedProduct(picture->lattice.x, a)) * sineOfHalfTurns(reducedProduct(picture->lattice.y, b))
        * sineOfHalfTurns(reducedProduct(picture->lattice.z, c));
    const lanes f = rows / (sineOfHalfTurns(a) * sineOfHalfTurns(b) * sineOfHalfTurns(c));
    *other = f;
    return f;
}

#endif

// Adds a number to a pair whose first is the sum so far and whose second is what rounding took from it.
#define ADD_TO_PAIR(type, high, low, term)                   \
    {                                                        \
        const type sum_ = high + term, part_ = sum_ - high;  \
        low += (high - (sum_ - part_)) + (term - part_);     \
        high = sum_;                                         \
    }

// One Miller index at the tile's centre: its fraction, of which the first of a pair is exact but for one rounding, and its whole number. A row is a cell vector over the wavelength
// and, in w, the index that the incident beam alone gives; each number is a pair.
static real2 anchor(real4 high, real4 low, real4 centre, real4 centreLow)
{
    const real x = high.x * centre.x, y = high.y * centre.y, z = high.z * centre.z;
    const real wholeX = rint(x), wholeY = rint(y), wholeZ = rint(z);
    real lost = fma(high.x, centre.x, -x) + fma(high.y, centre.y, -y) + fma(high.z, centre.z, -z);
    lost += fma(high.x, centreLow.x, fma(high.y, centreLow.y, high.z * centreLow.z));
    lost += fma(low.x, centre.x, fma(low.y, centre.y, low.z * centre.z));
    real sum = high.w;
    const real ofX = x - wholeX, ofY = y - wholeY, ofZ = z - wholeZ;
    ADD_TO_PAIR(real, sum, lost, ofX)
    ADD_TO_PAIR(real, sum, lost, ofY)
    ADD_TO_PAIR(real, sum, lost, ofZ)
    const real whole = rint(sum);
    return (real2)((sum - whole) + lost, low.w + wholeX + wholeY + wholeZ + whole);
}

// Fills in the rows of an evaluation as the inner loop reads them: the three vectors, in w the fractions at the tile's centre, then the whole numbers. Takes the work of an axis.
static void prepare(__global const real4 *evaluation, real4 centre, real4 centreLow, int axis, __local real4 *rows)
{
    real4 row = evaluation[axis];
    const real2 index = anchor(row, evaluation[3 + axis], centre, centreLow);
    row.w = index.x;
#ifdef HARDWARE_COSINE
    row *= R(6.2831853071795864769);
#endif
    rows[axis] = row;
#ifdef HAS_GRID
    ((__local real *)(rows + 3))[axis] = index.y;
#endif
}

// The directions to pixels less that to the tile's centre, without a cancellation, and the centre's distance over theirs. fast and slow are places from the centre, sub-pixels.
static view directions(const Picture *picture, real4 centre, view fast, view slow, view *x, view *y, view *z)
{
    const view dx = fma(fast, (view)picture->fastStep.x, slow * picture->slowStep.x) * centre.w;
    const view dy = fma(fast, (view)picture->fastStep.y, slow * picture->slowStep.y) * centre.w;
    const view dz = fma(fast, (view)picture->fastStep.z, slow * picture->slowStep.z) * centre.w;
    const view s = fma(dx, fma((view)R(0.5), dx, (view)centre.x), fma(dy, fma((view)R(0.5), dy, (view)centre.y), dz * fma((view)R(0.5), dz, (view)centre.z))) * R(2.0);
    const view w = rsqrt((view)R(1.0) + s), less = -s * w * w / ((view)R(1.0) + w);
    *x = fma(dx, w, centre.x * less);
    *y = fma(dy, w, centre.y * less);
    *z = fma(dz, w, centre.z * less);
    return w;
}

static view along(real4 axis, view x, view y, view z)
{
    return fma(x, (view)axis.x, fma(y, (view)axis.y, z * axis.z));
}

// Solid angle times polarisation times scale of pixels, by the distance and the direction of their first sub-pixels.
static view factor(const Picture *picture, real4 centre, view w, view x, view y, view z)
{
    w *= centre.w * picture->scale.z;
    x += (view)centre.x;
    y += (view)centre.y;
    z += (view)centre.z;
    const view c = along(picture->incident, x, y, z), e = along(picture->fieldE, x, y, z), b = along(picture->fieldB, x, y, z);
    const view polarisation = fma(c * c, (view)picture->fieldE.w, (view)picture->incident.w) - picture->fieldB.w * ((e - b) * (e + b));
    return polarisation * (w * w) * fma(w, (view)picture->scale.y, (view)picture->scale.x);
}

// The share of the photons that the last layer captures.
static view captured(const Picture *picture, real4 centre, view x, view y, view z, int layers)
{
    const view absorbed = picture->normal.w / along(picture->normal, x + (view)centre.x, y + (view)centre.y, z + (view)centre.z);
    return -exp((real)(1 - layers) * absorbed) * expm1(-absorbed);
}

#ifdef HAS_GRID
static lanes look(__global const real *squares, const Picture *picture, real4 whole, lanes h, lanes k, lanes l)
{
    const real4 offset = whole - picture->firstIndex;
    const indices i = TO_INDICES(clamp(nearest(h) + (lanes)offset.x, (lanes)R(0.0), (lanes)picture->lastIndex.x));
    const indices j = TO_INDICES(clamp(nearest(k) + (lanes)offset.y, (lanes)R(0.0), (lanes)picture->lastIndex.y));
    const indices m = TO_INDICES(clamp(nearest(l) + (lanes)offset.z, (lanes)R(0.0), (lanes)picture->lastIndex.z));
    const int countK = (int)picture->lastIndex.y + 1, countL = (int)picture->lastIndex.z + 1;
    const indices places = (i * countK + j) * countL + m;
    int place[LANES];
    real found[LANES];
    VSTORE(places, 0, place);
    EACH_LANE {
        found[lane] = squares[place[lane]];
    }

    return VLOAD(0, found);
}
#endif

// Adds a step of pixels to their sums, by their indices less those of the tile's centre's whole numbers. rows are an evaluation as prepare() leaves it.
static lanes stepAt(
    const Picture *picture, __local const real4 *rows,
#ifdef HAS_GRID
    __global const real *squares,
#endif
    lanes h, lanes k, lanes l, lanes sum)
{
    lanes other;
    const lanes f = lattice(picture, h, k, l, &other);
#ifdef HAS_GRID
    return fma(f * other, look(squares, picture, rows[3], h, k, l), sum);
#else
    return fma(f, other, sum);
#endif
}

#ifdef ALONG_COLUMNS

// Of what changes smoothly along a column, the coefficients of 1, n, n^2 and n^3, n being the row from the tile's middle.
typedef real4 series;

static lanes at(series s, lanes third, lanes row)
{
    return fma(fma(fma(third, row, (lanes)s.z), row, (lanes)s.y), row, (lanes)s.x);
}

static series product(series p, series q)
{
    return (series)(
        p.x * q.x,
        fma(p.x, q.y, p.y * q.x),
        fma(p.x, q.z, fma(p.y, q.y, p.z * q.x)),
        fma(p.x, q.w, fma(p.y, q.z, fma(p.z, q.y, p.w * q.x))));
}

// How directions change along a column, d its middle's: with g the edge of a pixel over its distance, S the slow axis and mu the cosine between d and S, the direction to row n is the sum of
// (-g n)^k (P_k(mu) d - P_{k-1}(mu) S), and the reciprocal of the distance, over the middle's, that of (-g n)^k P_k(mu): the generating function of Legendre polynomials.
typedef struct {
    view x, y, z;             // d
    view stepX, stepY, stepZ; // g S
    series distance;          // of the reciprocal distance
    real fourth;              // its coefficient of n^4
} Column;

static Column columnOf(const Picture *picture, real4 centre, view w, view x, view y, view z)
{
    Column column;
    const real g = w * centre.w;
    column.x = x + centre.x;
    column.y = y + centre.y;
    column.z = z + centre.z;
    column.stepX = g * picture->slowStep.x;
    column.stepY = g * picture->slowStep.y;
    column.stepZ = g * picture->slowStep.z;
    const real m = fma(column.stepX, column.x, fma(column.stepY, column.y, column.stepZ * column.z));
    const real square = fma(column.stepX, column.stepX, fma(column.stepY, column.stepY, column.stepZ * column.stepZ));
    column.distance = (series)(R(1.0), -m, fma(R(1.5) * m, m, R(-0.5) * square), -m * fma(R(2.5) * m, m, R(-1.5) * square));
    column.fourth = fma(fma(R(4.375) * m, m, R(-3.75) * square) * m, m, R(0.375) * square * square);
    return column;
}

// A vector times the direction, along a column.
static series seriesAlong(const Column *column, real4 vector)
{
    const real d = along(vector, column->x, column->y, column->z), step = along(vector, column->stepX, column->stepY, column->stepZ);
    const series r = column->distance;
    return (series)(d, fma(r.y, d, step), fma(r.z, d, r.y * step), fma(r.w, d, r.z * step));
}

// A Miller index along a column, from that of the tile's centre. vector is a row as prepare() leaves it.
static lanes indexAlong(const Column *column, real4 vector, view x, view y, view z, lanes row)
{
    series index = seriesAlong(column, vector);
    const real fourth = fma(column->fourth, index.x, column->distance.w * along(vector, column->stepX, column->stepY, column->stepZ));
    index.x = along(vector, x, y, z) + vector.w;
    return at(index, fma((lanes)fourth, row, (lanes)index.w), row);
}

// factor() along a column.
static series factorAlong(const Picture *picture, const Column *column, view w, real4 centre)
{
    const series c = seriesAlong(column, picture->incident), e = seriesAlong(column, picture->fieldE), b = seriesAlong(column, picture->fieldB);
    series polarisation = picture->fieldE.w * product(c, c) - picture->fieldB.w * product(e - b, e + b);
    polarisation.x += picture->incident.w;
    const series r = (w * centre.w * picture->scale.z) * column->distance;
    series solidAngle = picture->scale.y * r;
    solidAngle.x += picture->scale.x;
    return product(polarisation, product(product(r, r), solidAngle));
}

#else

// Adds a step of pixels to their sums, by the directions to them less that to the tile's centre.
static lanes step(
    const Picture *picture, __local const real4 *rows,
#ifdef HAS_GRID
    __global const real *squares,
#endif
    lanes x, lanes y, lanes z, lanes sum)
{
    const real4 a = rows[0], b = rows[1], c = rows[2];
    const lanes h = fma((lanes)a.x, x, fma((lanes)a.y, y, fma((lanes)a.z, z, (lanes)a.w)));
    const lanes k = fma((lanes)b.x, x, fma((lanes)b.y, y, fma((lanes)b.z, z, (lanes)b.w)));
    const lanes l = fma((lanes)c.x, x, fma((lanes)c.y, y, fma((lanes)c.z, z, (lanes)c.w)));
    return stepAt(picture, rows, SQUARES h, k, l, sum);
}

#endif

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void draw(
    const Picture picture, const Launch launch, __global const real4 *restrict tiles, __global const real4 *restrict evaluations,
    __global real2 *restrict carried, __global real *restrict image
#ifdef HAS_GRID
    , __global const real *restrict squares
#endif
)
{
#ifdef SINGLE_STEP
    __local real4 batch[ROWS];
#else
    __local real4 batch[ROWS * BATCH];
#endif
    const int item = (int)get_local_id(0), tile = launch.firstTile + (int)get_group_id(0);
    const int firstColumn = launch.firstFast + tile % launch.tileColumns * TILE_WIDTH, firstRow = tile / launch.tileColumns * TILE_HEIGHT;
    const real4 seen = tiles[2 * tile];
    view seenX, seenY, seenZ;
#ifdef SINGLE_STEP
    if (item < 3) {
        prepare(evaluations, seen, tiles[2 * tile + 1], item, batch);
    }
#endif

#ifdef ALONG_COLUMNS
    const view w = directions(&picture, seen, (real)item - R(0.5) * (TILE_WIDTH - 1), R(0.0), &seenX, &seenY, &seenZ);
    const Column column = columnOf(&picture, seen, w, seenX, seenY, seenZ);
    const series scale = factorAlong(&picture, &column, w, seen);
    real numbers[LANES];
    EACH_LANE {
        numbers[lane] = (real)lane - R(0.5) * (LANES - 1);
    }

    const lanes row = VLOAD(0, numbers);
    barrier(CLK_LOCAL_MEM_FENCE);
    const lanes h = indexAlong(&column, batch[0], seenX, seenY, seenZ, row), k = indexAlong(&column, batch[1], seenX, seenY, seenZ, row);
    const lanes l = indexAlong(&column, batch[2], seenX, seenY, seenZ, row);
    real values[LANES];
    VSTORE(at(scale, (lanes)scale.w, row) * stepAt(&picture, batch, SQUARES h, k, l, (lanes)R(0.0)), 0, values);
    __global real *pixel = image + firstRow * launch.pitch + firstColumn + item;
    const int rows = firstColumn + item < launch.endFast ? launch.endRow - firstRow : 0;
    EACH_LANE {
        if (lane < rows) {
            *pixel = values[lane];
        }

        pixel += launch.pitch;
    }
#else
    // Neighbouring items draw neighbouring pixels of each lane, which are stored together.
    real places[LANES];
    EACH_LANE {
        places[lane] = (real)((lane * ITEMS + item) % TILE_WIDTH);
    }

    const lanes column = VLOAD(0, places);
    EACH_LANE {
        places[lane] = (real)((lane * ITEMS + item) / TILE_WIDTH);
    }

    // The first corner of each pixel from the tile's centre, sub-pixels.
    const lanes row = VLOAD(0, places);
    const lanes cornerFast = (column - (lanes)R(0.5) * TILE_WIDTH) * (real)launch.oversample;
    const lanes cornerSlow = (row - (lanes)R(0.5) * TILE_HEIGHT) * (real)launch.oversample;
    const lanes firstFast = cornerFast + (lanes)R(0.5), firstSlow = cornerSlow + (lanes)R(0.5);
#ifdef SINGLE_STEP
    const lanes w = directions(&picture, seen, firstFast, firstSlow, &seenX, &seenY, &seenZ);
    lanes scale = factor(&picture, seen, w, seenX, seenY, seenZ);
    if (picture.scale.w != R(0.0)) {
        scale *= captured(&picture, seen, seenX, seenY, seenZ, 1);
    }

    barrier(CLK_LOCAL_MEM_FENCE);
    real values[LANES];
    VSTORE(scale * step(&picture, batch, SQUARES seenX, seenY, seenZ, (lanes)R(0.0)), 0, values);
    EACH_LANE {
        const int fast = firstColumn + (lane * ITEMS + item) % TILE_WIDTH, slow = firstRow + (lane * ITEMS + item) / TILE_WIDTH;
        if (fast < launch.endFast && slow < launch.endRow) {
            image[slow * launch.pitch + fast] = values[lane];
        }
    }
#else
    lanes high = (lanes)R(0.0), low = (lanes)R(0.0);
    for (int layer = 0; layer < launch.layers; layer++) {
        const int place = 2 * (layer * launch.tiles + tile);
        const real4 centre = tiles[place], centreLow = tiles[place + 1];
        for (int first = 0; first < launch.evaluations; first += BATCH) {
            const int count = min(BATCH, launch.evaluations - first);
            barrier(CLK_LOCAL_MEM_FENCE);
            for (int i = item; i < 3 * count; i += ITEMS) {
                prepare(evaluations + 6 * (first + i / 3), centre, centreLow, i % 3, batch + ROWS * (i / 3));
            }

            barrier(CLK_LOCAL_MEM_FENCE);
            for (int sub = 0; sub < launch.oversample * launch.oversample; sub++) {
                lanes x, y, z;
                directions(
                    &picture, centre, cornerFast + (lanes)((real)(sub % launch.oversample) + R(0.5)), cornerSlow + (lanes)((real)(sub / launch.oversample) + R(0.5)),
                    &x, &y, &z);
                lanes sum = (lanes)R(0.0);
                for (int i = 0; i < count; i++) {
                    sum = step(&picture, batch + ROWS * i, SQUARES x, y, z, sum);
                }

                ADD_TO_PAIR(lanes, high, low, sum)
            }
        }
    }

    // Layers of the sensor lie behind each other: the solid angle is that of the first, and the last captures what is left.
    const lanes w = directions(&picture, seen, firstFast, firstSlow, &seenX, &seenY, &seenZ);
    lanes scale = factor(&picture, seen, w, seenX, seenY, seenZ);
    if (picture.scale.w != R(0.0)) {
        const real4 last = tiles[2 * ((launch.layers - 1) * launch.tiles + tile)];
        lanes x, y, z;
        directions(&picture, last, firstFast, firstSlow, &x, &y, &z);
        scale *= captured(&picture, last, x, y, z, launch.layers);
    }

    real highs[LANES], lows[LANES], scales[LANES];
    VSTORE(high, 0, highs);
    VSTORE(low, 0, lows);
    VSTORE(scale, 0, scales);
    EACH_LANE {
        const int fast = firstColumn + (lane * ITEMS + item) % TILE_WIDTH, slow = firstRow + (lane * ITEMS + item) / TILE_WIDTH;
        if (fast < launch.endFast && slow < launch.endRow) {
            const int pixel = slow * launch.pitch + fast;
            real sum = highs[lane], lost = lows[lane];
            if (launch.goesOn) {
                const real2 before = carried[pixel];
                lost += before.y;
                ADD_TO_PAIR(real, sum, lost, before.x)
            }

            if (launch.isToGoOn) {
                carried[pixel] = (real2)(sum, lost);
            } else {
                image[pixel] = (sum + lost) * scales[lane];
            }
        }
    }
#endif
#endif
}

// STREAM's triad (McCalpin), for what the device's memory can do.
__kernel void triad(__global real4 *restrict sum, __global const real4 *restrict term, __global const real4 *restrict factor)
{
    const size_t place = get_global_id(0);
    sum[place] = fma((real4)3, factor[place], term[place]);
}

// Writing alone.
__kernel void fill(__global real4 *restrict array)
{
    array[get_global_id(0)] = (real4)7;
}

#ifdef HARDWARE_COSINE

// What the device's own cosine gives for numbers, which DeviceCosine.cs compares with cosines.
__kernel void cosines(__global const real *angles, __global real *results)
{
    const int place = (int)get_global_id(0);
    results[place] = native_cos(angles[place]);
}

#endif
