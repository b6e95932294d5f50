namespace SmsCampaign.Reports;

/// <summary>When messages were handed over: counts by stretches of five minutes, each message at its last
/// hand-over.</summary>
sealed class HandOverCurve
{
    /// <summary>Of a stretch. Every time zone's hours begin with one.</summary>
    public const long StepMicros = 300_000_000;

    readonly SortedDictionary<long, HandOverCount> _steps = [];
    HandOverCount? _last;
    long _lastStep;

    /// <summary>Stretches in which something was handed over, by their first moment in microseconds.</summary>
    public IEnumerable<(long From, HandOverCount Count)> Steps =>
        _steps.Select(step => (step.Key * StepMicros, step.Value));

    /// <summary>Messages that were handed over, or may have been, at a moment that nobody knows.</summary>
    public HandOverCount Unknown { get; } = new();

    /// <param name="micros">Null: nobody knows when.</param>
    /// <param name="confirmed">As of <see cref="Tally.Confirmed"/>.</param>
    public void Add(long? micros, int parts, bool confirmed)
    {
        if (micros is not { } moment)
        {
            Unknown.Add(parts, confirmed);
            return;
        }

        var step = Math.DivRem(moment, StepMicros, out var rest) - (rest < 0 ? 1 : 0);
        if (_last is null || step != _lastStep)
        {
            if (!_steps.TryGetValue(step, out var count))
                _steps[step] = count = new HandOverCount();
            (_last, _lastStep) = (count, step);
        }

        _last.Add(parts, confirmed);
    }
}

/// <summary>Messages handed over in a stretch of time.</summary>
sealed class HandOverCount
{
    public long Messages { get; private set; }

    public long Parts { get; private set; }

    /// <summary>Of these messages, as of <see cref="Tally.Confirmed"/>.</summary>
    public long Confirmed { get; private set; }

    public void Add(int parts, bool confirmed)
    {
        Messages++;
        Parts += parts;
        Confirmed += confirmed ? 1 : 0;
    }

    public void Add(HandOverCount other)
    {
        Messages += other.Messages;
        Parts += other.Parts;
        Confirmed += other.Confirmed;
    }
}
