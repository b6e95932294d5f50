using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>A message that an earlier run left, known not sent.</summary>
/// <param name="Carrier">Id in that run.</param>
/// <param name="Row">As it stands there.</param>
public readonly record struct LeftMessage(int Carrier, MessageRow Row);

/// <summary>What an earlier run of a campaign left, as its ledger says.</summary>
/// <param name="Sources">The files its rows came from, by id from 1.</param>
/// <param name="Areas">Communes, by id from 1.</param>
/// <param name="Carriers">Names by id.</param>
/// <param name="Messages">Segment by segment, in sending order.</param>
/// <param name="Elsewhere">Numbers that another run of the campaign holds and has yet to send to.</param>
public sealed record RunRest(
    IReadOnlyList<AudienceSource> Sources,
    IReadOnlyList<string> Areas,
    IReadOnlyDictionary<int, string> Carriers,
    IEnumerable<LeftMessage> Messages,
    NumberSet Elsewhere);

/// <summary>
/// Takes as an audience what an earlier run left: each of those messages becomes exactly one message or one exclusion
/// (rule 7). The files of subscribers are not read; who has refused meanwhile, or has the message by another run, is
/// left out, and the carrier is decided by what is known today.
/// </summary>
public static class RestImport
{
    /// <summary>Rows between two looks at whether to stop.</summary>
    const int RowsBetweenLooks = 4096;

    /// <inheritdoc cref="AudienceImport.Read"/>
    public static AudienceReading Read(
        Campaign campaign,
        IReadOnlyDictionary<string, string> laneOfCarrier,
        PrefixTable prefixes,
        PortedList ported,
        RunRest rest,
        IAudienceSink sink,
        IReadOnlyList<(DateOnly Date, NumberSet Numbers)> earlier,
        NumberSet? erased,
        CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var suppressed = AudienceImport.ReadSuppressed(
            campaign, new NumberReader(prefixes), erased, problems, cancellationToken);
        if (problems.Exists(problem => problem.Severity == Severity.Error))
            return new AudienceReading(null, problems);

        using var rows = new Rows(campaign, laneOfCarrier, prefixes, ported, rest, suppressed, sink, earlier);
        var at = 0L;
        foreach (var message in rest.Messages)
        {
            if (at++ % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            rows.Add(message);
        }

        return new AudienceReading(
            rows.Finish() with { Tables = [prefixes.Sha256, prefixes.Names.Sha256, .. ported.Hashes] }, problems);
    }

    sealed class Rows : IDisposable
    {
        readonly RunRest _rest;
        readonly SuppressionList _suppressed;
        readonly IAudienceSink _sink;
        readonly IReadOnlyList<(DateOnly Date, NumberSet Numbers)> _earlier;
        readonly CarrierDecider _decider;
        readonly List<Segment> _segments;
        readonly List<AudienceCarrier> _carriers;
        readonly AudienceHash _hash = new();
        readonly NumberSet _numbers = new();
        readonly long[] _matched;
        readonly long[] _rowsOfSource;
        readonly SortedDictionary<(int Carrier, int Segment), long> _recipients = [];
        readonly SortedDictionary<ExclusionReason, long> _excluded = [];
        readonly Dictionary<DateOnly, long> _alreadySent = [];

        public Rows(
            Campaign campaign,
            IReadOnlyDictionary<string, string> laneOfCarrier,
            PrefixTable prefixes,
            PortedList ported,
            RunRest rest,
            SuppressionList suppressed,
            IAudienceSink sink,
            IReadOnlyList<(DateOnly Date, NumberSet Numbers)> earlier)
        {
            (_rest, _suppressed, _sink, _earlier) = (rest, suppressed, sink, earlier);
            _decider = new CarrierDecider(prefixes, ported);
            _segments = [.. campaign.Segments.OrderBy(segment => segment.Priority)];
            _carriers = [.. prefixes.Carriers.Select((name, at) =>
                new AudienceCarrier(name, prefixes.Names.DisplayNameOf(at), laneOfCarrier.GetValueOrDefault(name)))];
            (_matched, _rowsOfSource) = (new long[_segments.Count], new long[rest.Sources.Count]);
        }

        public void Add(in LeftMessage message)
        {
            var row = message.Row;
            _matched[row.Segment - 1]++;
            _rowsOfSource[row.Source - 1]++;
            if (ErasedNumber.Is(row.Number)) // as its subscriber asked since
            {
                Exclude(row, ExclusionReason.Suppressed);
                return;
            }

            var number = new PhoneNumber(row.Number);
            var decision = Decide(number, message);
            if (_suppressed.Contains(number))
                Exclude(row, ExclusionReason.Suppressed);
            else if (!_numbers.Add(row.Number))
                Exclude(row, ExclusionReason.Duplicate);
            else if (FindEarlier(row.Number) is { } date)
                ExcludeSent(row, date);
            else if (_rest.Elsewhere.Contains(row.Number))
                Exclude(row, ExclusionReason.HeldByOther);
            else if (decision.Carrier < 0 || _carriers[decision.Carrier].Lane is null)
                Exclude(row, ExclusionReason.NoLane);
            else
                Take(row with { Rule = decision.Rule!.Value }, decision.Carrier + 1);
        }

        public ImportedAudience Finish()
        {
            var rows = _hash.FinishRows();
            AudienceSource[] sources = [.. _rest.Sources.Select(
                (source, at) => source with { Rows = _rowsOfSource[at] })];
            return new ImportedAudience
            {
                Sources = sources,
                Suppressions = _suppressed.Hashes,
                Segments = [.. _segments.Select((segment, at) =>
                    new AudienceSegment(segment.Name, segment.Message, segment.Priority, _matched[at]))],
                Carriers = _carriers,
                Areas = _rest.Areas,
                Recipients = [.. _recipients
                    .Select(count => new AudienceCount(count.Key.Carrier, count.Key.Segment, count.Value))],
                Excluded = _excluded.ToDictionary(),
                AlreadySent = _alreadySent,
                Repaired = new Dictionary<string, long>(),
                Rows = rows,
                Hash = AudienceHash.Of(
                    rows,
                    _segments,
                    sources.Select(source => source.Sha256),
                    _suppressed.Hashes,
                    _carriers,
                    _rest.Areas),
            };
        }

        public void Dispose() => _hash.Dispose();

        /// <summary>What the file said of the carrier then is known no other way; all else is as it is known
        /// today.</summary>
        CarrierDecision Decide(PhoneNumber number, in LeftMessage message)
        {
            var today = _decider.Decide(number);
            if (today.Rule == CarrierRule.PortedList || message.Row.Rule != CarrierRule.FileColumn)
                return today;

            return _rest.Carriers.TryGetValue(message.Carrier, out var name)
                && _carriers.FindIndex(carrier => carrier.Name == name) is >= 0 and var then
                    ? new CarrierDecision(then, CarrierRule.FileColumn, false)
                    : today;
        }

        void Take(in MessageRow row, int carrier)
        {
            _hash.Add(carrier, row);
            _recipients[(carrier, row.Segment)] = _recipients.GetValueOrDefault((carrier, row.Segment)) + 1;
            _sink.AddMessage(carrier, row);
        }

        void ExcludeSent(in MessageRow row, DateOnly date)
        {
            _alreadySent[date] = _alreadySent.GetValueOrDefault(date) + 1;
            Exclude(row, ExclusionReason.AlreadySent, date);
        }

        void Exclude(in MessageRow row, ExclusionReason reason, DateOnly? earlier = null)
        {
            var exclusion = new ExclusionRow(row.Source, row.Line, row.Segment, reason, row.Number, null, earlier);
            _hash.Add(exclusion);
            _excluded[reason] = _excluded.GetValueOrDefault(reason) + 1;
            _sink.AddExclusion(exclusion);
        }

        DateOnly? FindEarlier(long number)
        {
            foreach (var (date, numbers) in _earlier)
            {
                if (numbers.Contains(number))
                    return date;
            }

            return null;
        }
    }
}
