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
            AddWithFewRegisters(sink, column, tile.RowTables, tile.RowStride, tile.SubRows, weights, target, width);
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

    /// <summary>The same with the differences in memory: beside the phases there is no room for them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddWithFewRegisters<TSink>(TSink sink, T* column, T* rows, int stride, int count, T* weights, T* sums, int width)
        where TSink : struct, IRowSink<TLanes, T>
    {
        TLanes ar = TLanes.Load(column), ai = TLanes.Load(column + TLanes.Count);
        TLanes br = TLanes.Load(column + (2 * TLanes.Count)), bi = TLanes.Load(column + (3 * TLanes.Count));
        TLanes cr = TLanes.Load(column + (4 * TLanes.Count)), ci = TLanes.Load(column + (5 * TLanes.Count));
        var steps = column + (6 * TLanes.Count);
        var end = rows + count;
        do
        {
            Row(sink, rows, stride, ar, ai, br, bi, cr, ci, weights, sums);
            ar = TLanes.AddLoaded(ar, steps);
            ai = TLanes.AddLoaded(ai, steps + TLanes.Count);
            br = TLanes.AddLoaded(br, steps + (2 * TLanes.Count));
            bi = TLanes.AddLoaded(bi, steps + (3 * TLanes.Count));
            cr = TLanes.AddLoaded(cr, steps + (4 * TLanes.Count));
            ci = TLanes.AddLoaded(ci, steps + (5 * TLanes.Count));
            Row(sink, rows + 1, stride, ar, ai, br, bi, cr, ci, weights + TSink.WeightStep, sums + width);
            ar += Step(steps);
            ai += Step(steps + TLanes.Count);
            br += Step(steps + (2 * TLanes.Count));
            bi += Step(steps + (3 * TLanes.Count));
            cr += Step(steps + (4 * TLanes.Count));
            ci += Step(steps + (5 * TLanes.Count));
            rows += 2;
            weights += 2 * TSink.WeightStep;
            sums += 2 * width;
        }
        while (rows < end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TSink>(TSink sink, T* row, int stride, TLanes ar, TLanes ai, TLanes br, TLanes bi, TLanes cr, TLanes ci, T* weight, T* sum)
        where TSink : struct, IRowSink<TLanes, T> => Add(
        sink,
        TLanes.MultiplyAddBroadcast(ai, row + stride, TLanes.MultiplyBroadcast(ar, row)),
        TLanes.MultiplyAddBroadcast(bi, row + (3 * stride), TLanes.MultiplyBroadcast(br, row + (2 * stride))),
        TLanes.MultiplyAddBroadcast(ci, row + (5 * stride), TLanes.MultiplyBroadcast(cr, row + (4 * stride))),
        weight, sum);

    /// <summary>Gives a first difference and moves on to the next pair's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Step(T* first)
    {
        TLanes step = TLanes.Load(first), bend = TLanes.Load(first + (6 * TLanes.Count));
        TLanes.Store(step + bend, first);
        TLanes.Store(TLanes.AddLoaded(bend, first + (12 * TLanes.Count)), first + (6 * TLanes.Count));
        return step;
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
}
