using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>Blocks of at most twelve cells along each axis.</summary>
/// <remarks>
/// A cosine is the real part of the row's phase factor times the column's: one product and one multiply-add an axis, where the direct form takes a scalar
/// product, a reduction and a polynomial. The column's factor drifts from row to row by additions, which other units of the processor do. Two rows are in
/// flight at once.
/// </remarks>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TA">Cells along a.</typeparam>
/// <typeparam name="TB">Cells along b.</typeparam>
/// <typeparam name="TC">Cells along c.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
/// <param name="structure">The structure factors.</param>
internal sealed unsafe class FewCellsKernel<TDoubles, TLanes, T, TA, TB, TC, TStructure>(TStructure structure) : WeightedKernel<TDoubles, TLanes, T, TStructure>(structure)
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TA : struct, ICellCount
    where TB : struct, ICellCount
    where TC : struct, ICellCount
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    public override bool FollowsIndices => false;

    /// <inheritdoc/>
    protected override int LatticeVectors => PhaseTables<TLanes, T>.ColumnVectors;

    /// <inheritdoc/>
    protected override int LatticeArrays => PhaseTables<TLanes, T>.RowArrays;

    /// <inheritdoc/>
    protected override void PrepareLattice(in PhaseTile<T> tile, int columns, double* orientation) =>
        PhaseTables<TLanes, T>.Make(in tile, columns, orientation, ColumnVectors);

    /// <inheritdoc/>
    public override bool Finishes => TStructure.IsUniform;

    /// <inheritdoc/>
    public override void Finish(in PhaseTile<T> tile, T* column, T* places, T* pixels, int width) =>
        Take(new Finishing<TLanes, T>(TLanes.Load(places)), in tile, column, tile.RowFactors, pixels, width);

    /// <inheritdoc/>
    protected override void AddLattice(in PhaseTile<T> tile, T* column, T* sums, int width)
    {
        Take(default(Summing<TLanes, T, TStructure>), in tile, column, tile.Weights, sums, width);
    }

    private static void Take<TSink>(TSink sink, in PhaseTile<T> tile, T* column, T* weights, T* target, int width)
        where TSink : struct, IRowSink<TLanes, T>
    {
        // Machines with 512 bits have 32 registers, others 16.
        if (sizeof(T) * TLanes.Count == 64)
        {
            Add(sink, column, tile.RowTables, tile.RowStride, tile.SubRows, weights, target, width);
        }
        else
        {
            AddAxisByAxis(sink, column, tile.RowTables, tile.RowStride, tile.SubRows, weights, target, width);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add<TSink>(TSink taker, T* column, T* rows, int stride, int count, T* weights, T* sums, int width)
        where TSink : struct, IRowSink<TLanes, T>
    {
        // Into registers, which a parameter is not.
        var sink = taker;
        TLanes ar = TLanes.Load(column), ai = TLanes.Load(column + TLanes.Count);
        TLanes br = TLanes.Load(column + (2 * TLanes.Count)), bi = TLanes.Load(column + (3 * TLanes.Count));
        TLanes cr = TLanes.Load(column + (4 * TLanes.Count)), ci = TLanes.Load(column + (5 * TLanes.Count));
        TLanes dar = TLanes.Load(column + (6 * TLanes.Count)), dai = TLanes.Load(column + (7 * TLanes.Count));
        TLanes dbr = TLanes.Load(column + (8 * TLanes.Count)), dbi = TLanes.Load(column + (9 * TLanes.Count));
        TLanes dcr = TLanes.Load(column + (10 * TLanes.Count)), dci = TLanes.Load(column + (11 * TLanes.Count));
        TLanes ear = TLanes.Load(column + (12 * TLanes.Count)), eai = TLanes.Load(column + (13 * TLanes.Count));
        TLanes ebr = TLanes.Load(column + (14 * TLanes.Count)), ebi = TLanes.Load(column + (15 * TLanes.Count));
        TLanes ecr = TLanes.Load(column + (16 * TLanes.Count)), eci = TLanes.Load(column + (17 * TLanes.Count));
        T* rowsB = rows + (2 * stride), rowsC = rows + (4 * stride);
        var end = rows + count;
        do
        {
            TLanes a0 = TLanes.MultiplyBroadcast(ar, rows), b0 = TLanes.MultiplyBroadcast(br, rowsB), c0 = TLanes.MultiplyBroadcast(cr, rowsC);
            ar += dar;
            br += dbr;
            cr += dcr;
            a0 = TLanes.MultiplyAddBroadcast(ai, rows + stride, a0);
            b0 = TLanes.MultiplyAddBroadcast(bi, rowsB + stride, b0);
            c0 = TLanes.MultiplyAddBroadcast(ci, rowsC + stride, c0);
            ai += dai;
            bi += dbi;
            ci += dci;
            TLanes a1 = TLanes.MultiplyBroadcast(ar, rows + 1), b1 = TLanes.MultiplyBroadcast(br, rowsB + 1), c1 = TLanes.MultiplyBroadcast(cr, rowsC + 1);
            ar += dar;
            br += dbr;
            cr += dcr;
            a1 = TLanes.MultiplyAddBroadcast(ai, rows + stride + 1, a1);
            b1 = TLanes.MultiplyAddBroadcast(bi, rowsB + stride + 1, b1);
            c1 = TLanes.MultiplyAddBroadcast(ci, rowsC + stride + 1, c1);
            ai += dai;
            bi += dbi;
            ci += dci;
            dar += ear;
            dai += eai;
            dbr += ebr;
            dbi += ebi;
            dcr += ecr;
            dci += eci;
            Add(sink, a0, b0, c0, weights, sums);
            ear = TLanes.AddLoaded(ear, column + (18 * TLanes.Count));
            eai = TLanes.AddLoaded(eai, column + (19 * TLanes.Count));
            ebr = TLanes.AddLoaded(ebr, column + (20 * TLanes.Count));
            ebi = TLanes.AddLoaded(ebi, column + (21 * TLanes.Count));
            ecr = TLanes.AddLoaded(ecr, column + (22 * TLanes.Count));
            eci = TLanes.AddLoaded(eci, column + (23 * TLanes.Count));
            Add(sink, a1, b1, c1, weights + TSink.WeightStep, sums + width);
            rows += 2;
            weights += 2 * TSink.WeightStep;
            rowsB += 2;
            rowsC += 2;
            sums += 2 * width;
        }
        while (rows < end);
    }

    /// <summary>The same an axis at a time, the phases and differences of which have room in registers; what the axes before have made of each row is in memory meanwhile.</summary>
    [SkipLocalsInit]
    private static void AddAxisByAxis<TSink>(TSink sink, T* column, T* rows, int stride, int count, T* weights, T* target, int width)
        where TSink : struct, IRowSink<TLanes, T>
    {
        // Two registers for each row, of which the last pair may be half needed.
        var products = stackalloc T[2 * TLanes.Count * (TileShape.MostSubpixels + 1)];
        Axis<TA, FirstAxis, TSink>(sink, column, rows, stride, count, products, weights, target, width, 1.0);
        Axis<TB, SecondAxis, TSink>(sink, column + (2 * TLanes.Count), rows + (2 * stride), stride, count, products, weights, target, width, 1.0);
        Axis<TC, ThirdAxis, TSink>(sink, column + (4 * TLanes.Count), rows + (4 * stride), stride, count, products, weights, target, width, 1.0);
    }

    /// <summary>One axis of all rows.</summary>
    /// <remarks>Constants made of a number that the compiler does not know, one, stay in registers; known ones would be read from memory each time, which is what this loop does most.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Axis<TCells, TTaker, TSink>(TSink taker, T* column, T* rows, int stride, int count, T* products, T* weights, T* target, int width, double one)
        where TCells : struct, ICellCount
        where TTaker : struct, IAxisTaker
        where TSink : struct, IRowSink<TLanes, T>
    {
        // Into registers, which a parameter is not.
        var sink = taker;
        TLanes re = TLanes.Load(column), im = TLanes.Load(column + TLanes.Count);
        TLanes dre = TLanes.Load(column + (6 * TLanes.Count)), dim = TLanes.Load(column + (7 * TLanes.Count));
        TLanes ere = TLanes.Load(column + (12 * TLanes.Count)), eim = TLanes.Load(column + (13 * TLanes.Count));
        var end = rows + count;
        do
        {
            TLanes x = TLanes.MultiplyBroadcast(re, rows);
            re += dre;
            x = TLanes.MultiplyAddBroadcast(im, rows + stride, x);
            im += dim;
            TLanes next = TLanes.MultiplyBroadcast(re, rows + 1);
            re += dre;
            next = TLanes.MultiplyAddBroadcast(im, rows + stride + 1, next);
            im += dim;
            dre += ere;
            dim += eim;
            ere = TLanes.AddLoaded(ere, column + (18 * TLanes.Count));
            eim = TLanes.AddLoaded(eim, column + (19 * TLanes.Count));
            TTaker.Take(sink, TCells.Root(x, one), x + TLanes.Broadcast(2.0 * one), products, weights, target);
            TTaker.Take(sink, TCells.Root(next, one), next + TLanes.Broadcast(2.0 * one), products + (2 * TLanes.Count), weights + TSink.WeightStep, target + width);
            rows += 2;
            products += 4 * TLanes.Count;
            weights += 2 * TSink.WeightStep;
            target += 2 * width;
        }
        while (rows < end);
    }

    /// <summary>Adds the squared lattice factor at three doubled cosines 2 cos 2πh, 2 cos 2πk, 2 cos 2πl.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSink>(TSink sink, TLanes a, TLanes b, TLanes c, T* weight, T* sum)
        where TSink : struct, IRowSink<TLanes, T>
    {
        var f = Product(TA.Count > 2, TA.Root(a, 1.0), TB.Count > 2, TB.Root(b, 1.0));
        f = Product(TA.Count > 2 || TB.Count > 2, f, TC.Count > 2, TC.Root(c, 1.0));

        // An even number of cells has the factor (2 cos πh)² = 2 + 2 cos 2πh besides.
        bool evenA = TA.Count % 2 == 0, evenB = TB.Count % 2 == 0, evenC = TC.Count % 2 == 0;
        var two = TLanes.Broadcast(2.0);
        var even = Product(evenA, a + two, evenB, b + two);
        even = Product(evenA || evenB, even, evenC, c + two);
        if (evenA || evenB || evenC)
        {
            sink.Take(f * f, even, weight, sum);
        }
        else
        {
            sink.Take(f, f, weight, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product(bool hasX, TLanes x, bool hasY, TLanes y) => hasX ? hasY ? x * y : x : y;

    /// <summary>What becomes of a row's factor along one axis: its root, and what an even number of cells has besides.</summary>
    private interface IAxisTaker
    {
        static abstract void Take<TSink>(TSink sink, TLanes root, TLanes even, T* products, T* weight, T* target)
            where TSink : struct, IRowSink<TLanes, T>;
    }

    private readonly struct FirstAxis : IAxisTaker
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Take<TSink>(TSink sink, TLanes root, TLanes even, T* products, T* weight, T* target)
            where TSink : struct, IRowSink<TLanes, T>
        {
            TLanes.Store(root, products);
            if (TA.Count % 2 == 0)
            {
                TLanes.Store(even, products + TLanes.Count);
            }
        }
    }

    private readonly struct SecondAxis : IAxisTaker
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Take<TSink>(TSink sink, TLanes root, TLanes even, T* products, T* weight, T* target)
            where TSink : struct, IRowSink<TLanes, T>
        {
            TLanes.Store(Product(TA.Count > 2, TLanes.Load(products), TB.Count > 2, root), products);
            if (TB.Count % 2 == 0)
            {
                TLanes.Store(Product(TA.Count % 2 == 0, TLanes.Load(products + TLanes.Count), true, even), products + TLanes.Count);
            }
        }
    }

    private readonly struct ThirdAxis : IAxisTaker
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Take<TSink>(TSink sink, TLanes root, TLanes even, T* products, T* weight, T* target)
            where TSink : struct, IRowSink<TLanes, T>
        {
            var f = Product(TA.Count > 2 || TB.Count > 2, TLanes.Load(products), TC.Count > 2, root);
            bool evenBefore = TA.Count % 2 == 0 || TB.Count % 2 == 0, evenC = TC.Count % 2 == 0;
            if (evenBefore || evenC)
            {
                sink.Take(f * f, Product(evenBefore, TLanes.Load(products + TLanes.Count), evenC, even), weight, target);
            }
            else
            {
                sink.Take(f, f, weight, target);
            }
        }
    }
}
