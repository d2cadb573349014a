using MathNet.Numerics.Statistics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;

namespace NanoBragg.Tool.Gate;

/// <summary>Edits entries line by line and keeps the list of what changed.</summary>
/// <param name="machine">The machine that measured.</param>
/// <param name="disturbance">What disturbed the machine meanwhile, or null.</param>
/// <param name="request">What to accept.</param>
/// <param name="policy">What the gate would pass.</param>
internal sealed class BaselineEdit(MachineFingerprint machine, string? disturbance, AcceptanceRequest request, GatePolicy policy)
{
    private readonly List<BaselineChange> _changes = [];
    private readonly List<Comparison> _worse = [];
    private readonly List<string> _leftOut = [];
    private readonly SortedSet<string> _staleMachines = new(StringComparer.Ordinal);
    private int _tooFewGroups;
    private int _disturbed;

    /// <summary>Gets whether the run was timed beside the base that the baseline pins: what moved against it is rewritten although yardsticks did not see it, or it could never be accepted.</summary>
    public bool BesidePinnedBase { get; init; }

    /// <summary>Gets what changed so far.</summary>
    public IReadOnlyList<BaselineChange> Changes => _changes;

    /// <summary>Gets the verdicts on changed figures that the gate would call regressed.</summary>
    public IReadOnlyList<Comparison> Worse => _worse;

    /// <summary>Gets the machine-bound figures that would have changed, had they not been disturbed, and by what they were.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Takes the asked figures of a case into its entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="measured">The case, which did not fail.</param>
    /// <returns>The edited entry.</returns>
    public BaselineEntry Accept(BaselineEntry entry, MeasuredCase measured)
    {
        var metrics = measured.Metrics.Where(metric => request.AsksForMetric(metric.Name)).ToList();
        return Pins(Ratios(Exact(entry, metrics, measured), metrics, measured), measured);
    }

    /// <summary>Notes that an entry was removed.</summary>
    /// <param name="entry">The entry.</param>
    public void Remove(BaselineEntry entry) => _changes.Add(new(entry.Scenario, null, $"entry for {entry.Kernel.OriginalString}", null));

    /// <summary>Describes the machine in the baseline if an entry has figures of it.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <returns>The baseline with the machine.</returns>
    public Baseline AddMachine(Baseline baseline)
    {
        if (baseline.Machines.ContainsKey(machine.Id) || !baseline.Entries.Any(entry => entry.Machines.ContainsKey(machine.Id) || entry.Pins.ContainsKey(machine.Id)))
        {
            return baseline;
        }

        _changes.Add(new(null, machine.Id, null, "machine"));
        return baseline with { Machines = baseline.Machines.Add(machine.Id, BaselineMachine.Of(machine)) };
    }

    /// <summary>Says what the changes alone do not.</summary>
    /// <returns>A line each.</returns>
    public IReadOnlyList<string> Remarks()
    {
        var remarks = new List<string>();
        if (_tooFewGroups > 0)
        {
            remarks.Add($"machine-bound figures need at least {policy.MinimumGroups} worker processes and were left out; measure with --workers {policy.MinimumGroups} or more");
        }

        if (_disturbed > 0)
        {
            remarks.Add($"other work disturbed {(_disturbed == 1 ? "a machine-bound figure" : $"{_disturbed} machine-bound figures")}, recorded all the same; record again when the machine is quieter");
        }

        if (_staleMachines.Count > 0)
        {
            remarks.Add($"{string.Join(", ", _staleMachines)} still {(_staleMachines.Count == 1 ? "has" : "have")} the old machine-bound figures; run `dotnet nanobragg baseline update` there too");
        }

        return remarks;
    }

    private BaselineEntry Exact(BaselineEntry entry, List<MeasuredMetric> metrics, MeasuredCase of)
    {
        var lines = entry.Exact;
        foreach (var now in metrics.Where(metric => metric.Kind == MetricKind.Exact))
        {
            var value = SignificantDigits.Round(now.Value, SignificantDigits.Exact);
            if (!lines.TryGetValue(now.Name, out var line))
            {
                lines = lines.Add(now.Name, new() { Value = value, Unit = now.Unit, Better = now.Better, AbsoluteTolerance = AboveZero(now.AbsoluteTolerance), RelativeTolerance = AboveZero(now.RelativeTolerance) });
                Changed(entry, now.Name, null, Words.Figure(value, now.Unit));
            }
            else if (ExactJudgement.Judge(entry.Scenario, line, now) is var judged && !(Keeps(now.Name, judged.Outcome) || (line.Value == value && line.Unit == now.Unit)))
            {
                lines = lines.SetItem(now.Name, line with { Value = value, Unit = now.Unit, Reason = ReasonFor(judged) });
                AddIfWorse(judged);
                Changed(entry, now.Name, Words.Figure(line.Value, line.Unit), Words.Figure(value, now.Unit));
            }
        }

        foreach (var (name, line) in entry.Exact.Where(line => request.AsksForMetric(line.Key) && of.WhyWithout(line.Key) is null && metrics.All(now => now.Name != line.Key || now.Kind != MetricKind.Exact)))
        {
            lines = lines.Remove(name);
            Changed(entry, name, Words.Figure(line.Value, line.Unit), null);
        }

        return entry with { Exact = lines };
    }

    private BaselineEntry Ratios(BaselineEntry entry, List<MeasuredMetric> metrics, MeasuredCase of)
    {
        var old = entry.Machines.GetValueOrDefault(machine.Id) ?? Baseline.Ordinal<RatioFigure>();
        var lines = old;
        var measured = metrics.Where(metric => metric.Kind == MetricKind.Ratio).GroupBy(metric => metric.Name).ToList();
        foreach (var yardsticks in measured)
        {
            var line = old.GetValueOrDefault(yardsticks.Key);
            var now = CaseJudgement.Pick(yardsticks, line) ?? CaseJudgement.Steadiest(yardsticks);
            var groups = now.Groups ?? [now.Value];
            if (groups.Count < policy.MinimumGroups)
            {
                _tooFewGroups++;
            }
            else if (Judged(entry, line, now, of) is var byYardstick && (AgainstBase(entry, line, metrics, now.Name) ?? byYardstick) is var judged && (judged is null || !Keeps(now.Name, judged.Outcome)))
            {
                var fresh = Figure(line, now, groups) with { Reason = line is null ? null : ReasonFor(judged), Identity = of.Identity };
                if (line is null || BaselineChanged(line, fresh))
                {
                    if ((disturbance ?? Interference.OfFigure(groups, policy)) is { } why)
                    {
                        if (!request.DespiteInterference)
                        {
                            _leftOut.Add($"{entry.Scenario}: {now.Name} ({why})");
                            continue;
                        }

                        _disturbed++;
                    }

                    lines = lines.SetItem(now.Name, fresh);
                    AddIfWorse(judged);
                    Changed(entry, now.Name, line is null ? null : Words.Figure(line.Value, line.Unit, line.Yardstick), Words.Figure(fresh.Value, fresh.Unit, fresh.Yardstick));
                    _staleMachines.UnionWith(entry.Machines.Where(other => line is not null && other.Key != machine.Id && other.Value.ContainsKey(now.Name)).Select(other => other.Key));
                }
            }
        }

        foreach (var (name, line) in old.Where(line => request.AsksForMetric(line.Key) && of.WhyWithout(line.Key) is null && measured.TrueForAll(now => now.Key != line.Key)))
        {
            lines = lines.Remove(name);
            Changed(entry, name, Words.Figure(line.Value, line.Unit, line.Yardstick), null);
        }

        return ReferenceEquals(lines, old) ? entry : entry with { Machines = lines.IsEmpty ? entry.Machines.Remove(machine.Id) : entry.Machines.SetItem(machine.Id, lines) };
    }

    private BaselineEntry Pins(BaselineEntry entry, MeasuredCase measured)
    {
        // A pin that could not be taken says nothing about its line, which stays.
        var old = entry.Pins.GetValueOrDefault(machine.Id) ?? Baseline.Ordinal<ExactFigure>();
        var lines = old;
        foreach (var now in measured.Pins.Where(pin => request.AsksForMetric(pin.Name)))
        {
            var line = lines.GetValueOrDefault(now.Name);
            var judged = PinJudgement.Judge(measured, line, BesidePinnedBase ? now : now with { Base = null }, machine);
            var fresh = PinJudgement.Line(now) with { Identity = MeasuredResources.Has(now.Name) ? measured.Identity : null, Reason = judged is null ? null : ReasonFor(judged) };
            if (line is null ? !(PinJudgement.IsKeptByItself(now) || request.Metrics.Contains(now.Name)) : Keeps(now.Name, judged!.Outcome) || (line.Value, line.Unit) == (now.Value, now.Unit))
            {
                continue;
            }

            lines = lines.SetItem(now.Name, line is null ? fresh : line with { Value = now.Value, Unit = now.Unit, Idle = now.Idle, Identity = fresh.Identity, Reason = fresh.Reason });
            AddIfWorse(judged);
            Changed(entry, now.Name, line is null ? null : Words.Figure(line.Value, line.Unit), Words.Figure(now.Value, now.Unit));
        }

        return ReferenceEquals(lines, old) ? entry : entry with { Pins = entry.Pins.SetItem(machine.Id, lines) };
    }

    /// <summary>A line is kept where the gate passes it, or its own code was measured again, unless its metric was asked for by name.</summary>
    private bool Keeps(string metric, Outcome outcome) => outcome is Outcome.Pass or Outcome.Moved && !request.Metrics.Contains(metric);

    /// <summary>Judges a ratio against its line; null where it has none, or one in another yardstick.</summary>
    private Comparison? Judged(BaselineEntry entry, RatioFigure? line, MeasuredMetric now, MeasuredCase of) =>
        line is null || line.Yardstick != now.Yardstick ? null : SameCode.Excuse(RatioJudgement.Judge(entry.Scenario, line, now, policy), line, of);

    /// <summary>Judges a ratio against the base; null where it has not moved against it, or was not timed beside it.</summary>
    private Comparison? AgainstBase(BaselineEntry entry, RatioFigure? line, List<MeasuredMetric> metrics, string metric) =>
        BesidePinnedBase && line is not null && metrics.Find(now => now.Kind == MetricKind.Duet && now.Name == metric) is { } duet
        && DuetJudgement.Judge(entry.Scenario, duet, line.Limit, policy.Duet) is { Outcome: Outcome.Regressed or Outcome.Improved } moved ? moved : null;

    /// <summary>Gives the reason of a changed line.</summary>
    private string? ReasonFor(Comparison? judged) => judged?.Outcome == Outcome.Regressed ? request.AcceptRegression ?? request.Reason : request.Reason;

    private void AddIfWorse(Comparison? judged)
    {
        if (judged?.Outcome == Outcome.Regressed)
        {
            _worse.Add(judged);
        }
    }

    private static bool BaselineChanged(RatioFigure line, RatioFigure fresh) =>
        line.Value != fresh.Value || line.Spread != fresh.Spread || line.Groups != fresh.Groups || line.Yardstick != fresh.Yardstick || line.Unit != fresh.Unit;

    private static RatioFigure Figure(RatioFigure? line, MeasuredMetric now, IReadOnlyList<double> groups)
    {
        var fresh = new RatioFigure
        {
            Value = SignificantDigits.Round(groups.Median(), SignificantDigits.Ratio),
            Unit = now.Unit,
            Yardstick = now.Yardstick ?? "",
            Spread = SignificantDigits.Round(RatioJudgement.SpreadOf(groups), SignificantDigits.Spread),
            Groups = groups.Count,
            Better = now.Better,
        };
        return line is null ? fresh : fresh with { Better = line.Better, Limit = line.Limit, Note = line.Note, Unknown = line.Unknown };
    }

    private void Changed(BaselineEntry entry, string metric, string? then, string? now) => _changes.Add(new(entry.Scenario, metric, then, now));

    private static double? AboveZero(double tolerance) => tolerance > 0 ? tolerance : null;
}
