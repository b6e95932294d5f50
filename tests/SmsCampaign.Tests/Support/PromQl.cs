using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.Support;

/// <summary>A series at a moment.</summary>
/// <param name="Labels">Without its name.</param>
sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Label(string name) => Labels.GetValueOrDefault(name, "");
}

/// <summary>
/// Says what Prometheus would answer to the queries of config/dashboards, at one moment: as much of its language as
/// they use (prometheus.io/docs/prometheus/latest/querying). How fast a counter grows is given as its value.
/// </summary>
sealed partial class PromQl
{
    static readonly string[] Comparisons = ["==", "!=", ">=", "<=", ">", "<"];

    readonly ILookup<string, Sample> _series;
    readonly List<string> _words;
    int _at;

    PromQl(string query, ILookup<string, Sample> series)
    {
        _series = series;
        _words = [.. Word().Matches(query).Select(match => match.Value)];
    }

    /// <param name="series">As a scrape has them, a line each: <c>up{job="sms-campaign"} 1</c>.</param>
    public static IReadOnlyList<Sample> Ask(string query, params IEnumerable<string> series)
    {
        var asked = new PromQl(query, series
            .Select(line => Line().Match(line))
            .ToLookup(line => line.Groups["name"].Value, line => new Sample(
                Matcher().Matches(line.Groups["labels"].Value).ToDictionary(
                    label => label.Groups["label"].Value, label => label.Groups["value"].Value),
                double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture))));
        var answer = asked.Or();
        return asked._at == asked._words.Count
            ? answer.Samples
            : throw new FormatException($"not read from '{asked._words[asked._at]}' on: {query}");
    }

    Answer Or()
    {
        var left = And();
        while (Take("or"))
        {
            var key = Matching();
            var right = And();
            left = new([
                .. left.Samples, .. right.Samples.Where(each => left.Samples.All(other => key(other) != key(each))),
            ]);
        }

        return left;
    }

    Answer And()
    {
        var left = Compare();
        while (Next is "and" or "unless")
        {
            var isAnd = _words[_at++] == "and";
            var key = Matching();
            var right = Compare().Samples.Select(key).ToHashSet();
            left = new([.. left.Samples.Where(each => right.Contains(key(each)) == isAnd)]);
        }

        return left;
    }

    Answer Compare()
    {
        var left = Sum();
        while (Comparisons.Contains(Next))
        {
            var sign = _words[_at++];
            left = Join(left, Matching(), Sum(), (one, other) => Holds(sign, one, other) ? one : null);
        }

        return left;
    }

    Answer Sum()
    {
        var left = Product();
        while (Next is "+" or "-")
        {
            var sign = _words[_at++] == "+" ? 1 : -1;
            left = Join(left, Matching(), Product(), (one, other) => one + sign * other);
        }

        return left;
    }

    Answer Product()
    {
        var left = Single();
        while (Next is "*" or "/")
        {
            var isTimes = _words[_at++] == "*";
            left = Join(left, Matching(), Single(), (one, other) => isTimes ? one * other : one / other);
        }

        return left;
    }

    Answer Single()
    {
        var word = _words[_at++];
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new([new Sample(new Dictionary<string, string>(), number)], IsNumber: true);

        switch (word)
        {
            case "(":
                return Until(")", Or());
            case "sum" or "min" or "max":
                return Group(word);
            case "rate":
                Must("(");
                return Until(")", Single());
            case "vector":
                Must("(");
                return Until(")", Single()) with { IsNumber = false };
            case "clamp_min":
                Must("(");
                var (all, least) = (Until(",", Or()), Until(")", Or()).Samples[0].Value);
                return new([.. all.Samples.Select(each => each with { Value = Math.Max(each.Value, least) })]);
            case "histogram_quantile":
                Must("(");
                Until(",", Or());
                return Until(")", Or()); // which of the buckets is not said
            default:
                return Select(word);
        }
    }

    Answer Group(string how)
    {
        var by = Take("by") ? Names() : [];
        Must("(");
        var groups = Until(")", Or()).Samples.GroupBy(each => KeyOf(each, by.Contains));
        return new([.. groups.Select(group => new Sample(
            group.First().Labels.Where(label => by.Contains(label.Key)).ToDictionary(),
            how == "sum" ? group.Sum(each => each.Value)
                : how == "min" ? group.Min(each => each.Value)
                : group.Max(each => each.Value)))]);
    }

    Answer Select(string name)
    {
        var samples = _series[name];
        if (Next is ['{', ..] matchers)
        {
            _at++;
            foreach (Match matcher in Matcher().Matches(matchers))
            {
                var (label, sign, value) = (
                    matcher.Groups["label"].Value, matcher.Groups["sign"].Value, matcher.Groups["value"].Value);
                var wanted = sign is "=" or "=~";
                var pattern = sign is "=" or "!=" ? Regex.Escape(value) : value;
                samples = samples.Where(each => value.StartsWith('$') // of a dashboard: any
                    || Regex.IsMatch(each.Label(label), $"^({pattern})$") == wanted);
            }
        }

        if (Next is ['[', ..])
            _at++;
        return new([.. samples]);
    }

    static Answer Join(Answer left, Func<Sample, string> key, Answer right, Func<double, double, double?> make)
    {
        var made = new List<Sample>();
        foreach (var one in left.Samples)
        {
            foreach (var other in right.Samples.Where(
                each => left.IsNumber || right.IsNumber || key(each) == key(one)))
            {
                if (make(one.Value, other.Value) is { } value)
                    made.Add(new Sample((left.IsNumber ? other : one).Labels, value));
            }
        }

        return new(made, left.IsNumber && right.IsNumber);
    }

    /// <summary>By which labels two sides are brought together.</summary>
    Func<Sample, string> Matching()
    {
        Func<Sample, string> key = each => KeyOf(each, _ => true);
        if (Take("on"))
        {
            var names = Names();
            key = each => KeyOf(each, names.Contains);
        }

        if (Take("group_left"))
            Names();
        return key;
    }

    static string KeyOf(Sample sample, Func<string, bool> counts) => string.Join(' ', sample.Labels
        .Where(label => counts(label.Key))
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{label.Key}={label.Value}"));

    static bool Holds(string sign, double one, double other) => sign switch
    {
        "==" => one == other,
        "!=" => one != other,
        ">=" => one >= other,
        "<=" => one <= other,
        ">" => one > other,
        _ => one < other,
    };

    List<string> Names()
    {
        var names = new List<string>();
        Must("(");
        while (!Take(")"))
        {
            if (_words[_at++] is not "," and var name)
                names.Add(name);
        }

        return names;
    }

    Answer Until(string end, Answer answer)
    {
        Must(end);
        return answer;
    }

    string Next => _at < _words.Count ? _words[_at] : "";

    bool Take(string word)
    {
        if (Next != word)
            return false;
        _at++;
        return true;
    }

    void Must(string word)
    {
        if (!Take(word))
            throw new FormatException($"'{word}' is missing before '{Next}'");
    }

    sealed record Answer(IReadOnlyList<Sample> Samples, bool IsNumber = false);

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[a-zA-Z_][a-zA-Z0-9_]*|[0-9]+(\.[0-9]+)?|==|!=|>=|<=|[-+*/()<>,]")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<labels>[^}]*)\})? (?<value>\S+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<label>[a-zA-Z_]+)\s*(?<sign>=~|!~|!=|=)\s*""(?<value>[^""]*)""")]
    private static partial Regex Matcher();
}
